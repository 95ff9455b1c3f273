using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Report;

/// <summary>How one call went.</summary>
/// <param name="Call">The recorded call.</param>
/// <param name="Differences">Where the answer is not what was recorded; the first one first.</param>
/// <param name="Reason">Why the call was not made; null where it was.</param>
/// <param name="Expected">The recorded messages in words, where they differ.</param>
/// <param name="Got">The messages that came in words, where they differ.</param>
public sealed record CallOutcome(
    RecordedCall Call,
    IReadOnlyList<Difference> Differences,
    string? Reason,
    IReadOnlyList<string> Expected,
    IReadOnlyList<string> Got)
{
    /// <summary>Whether the call was made and its answer is what was recorded.</summary>
    public bool IsEqual => Reason is null && Differences.Count == 0;

    /// <summary>Whether the call was made.</summary>
    public bool IsCovered => Reason is null;

    /// <summary>A call whose answer is what was recorded.</summary>
    public static CallOutcome Equal(RecordedCall call) => new(call, [], null, [], []);

    /// <summary>A call whose answer is something else.</summary>
    public static CallOutcome NotEqual(
        RecordedCall call, IReadOnlyList<Difference> differences, IReadOnlyList<string> expected, IReadOnlyList<string> got) =>
        new(call, differences, null, expected, got);

    /// <summary>A call that could not be made.</summary>
    public static CallOutcome NotCovered(RecordedCall call, string reason) => new(call, [], reason, [], []);
}

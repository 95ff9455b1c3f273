using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Report;

/// <summary>The result of one call.</summary>
/// <param name="Call">The recorded call.</param>
/// <param name="Differences">The differences between the answer and the recorded one.</param>
/// <param name="Reason">Why the call was not made; null if it was made.</param>
/// <param name="Expected">The recorded messages as text, if they differ.</param>
/// <param name="Got">The messages of the sandbox as text, if they differ.</param>
public sealed record CallOutcome(
    RecordedCall Call,
    IReadOnlyList<Difference> Differences,
    string? Reason,
    IReadOnlyList<string> Expected,
    IReadOnlyList<string> Got)
{
    /// <summary>Whether the call was made and its answer is equal to the recorded one.</summary>
    public bool IsEqual => Reason is null && Differences.Count == 0;

    /// <summary>Whether the call was made.</summary>
    public bool IsCovered => Reason is null;

    /// <summary>A call with the recorded answer.</summary>
    public static CallOutcome Equal(RecordedCall call) => new(call, [], null, [], []);

    /// <summary>A call with another answer.</summary>
    public static CallOutcome NotEqual(
        RecordedCall call, IReadOnlyList<Difference> differences, IReadOnlyList<string> expected, IReadOnlyList<string> got) =>
        new(call, differences, null, expected, got);

    /// <summary>A call that could not be made.</summary>
    public static CallOutcome NotCovered(RecordedCall call, string reason) => new(call, [], reason, [], []);
}

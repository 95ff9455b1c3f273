using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Report;

/// <summary>The result of the replay of one recording.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Outcomes">The results of all calls, in order.</param>
public sealed record TranscriptReport(Scenario Scenario, IReadOnlyList<CallOutcome> Outcomes)
{
    /// <summary>How many calls have the recorded answer.</summary>
    public int Equal => Outcomes.Count(outcome => outcome.IsEqual);

    /// <summary>How many calls were made.</summary>
    public int Replayed => Outcomes.Count - NotCovered;

    /// <summary>How many calls have another answer.</summary>
    public int NotEqual => Replayed - Equal;

    /// <summary>How many calls could not be made.</summary>
    public int NotCovered => Outcomes.Count(outcome => !outcome.IsCovered);
}

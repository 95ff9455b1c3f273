using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>What a step did.</summary>
/// <param name="Summary">One sentence, such as "Stopped 3 pipelines".</param>
public sealed record StepResult(string Summary)
{
    /// <summary>Values that later steps of the plan can look up as <c>${steps.ID.NAME}</c>. No secrets: they are written to the journal.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>More information for the reader, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

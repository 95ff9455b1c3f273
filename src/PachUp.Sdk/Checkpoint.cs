using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>A fact about the progress of a step, kept in the journal of the run. Never a secret.</summary>
/// <param name="Kind">What kind of fact it is, for the step itself: lower case with dashes, such as <c>batch-arrived</c>.</param>
public sealed record Checkpoint(string Kind)
{
    /// <summary>The fact in names and values, as the step needs them to go on.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

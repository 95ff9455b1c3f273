using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>A fact about the progress of a step, recorded in the run's journal. It must not contain a secret.</summary>
/// <param name="kind">The kind of fact, which the step chooses: lower case with dashes, such as <c>batch-arrived</c>.</param>
public sealed class Checkpoint(string kind)
{
    /// <summary>The kind of fact.</summary>
    public string Kind => kind;

    /// <summary>The names and values that the step needs to continue after an interruption.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>Builds the outputs of a <see cref="StepResult"/> and the facts of a <see cref="Checkpoint"/>.</summary>
public static class NamedValues
{
    /// <summary>The values by name, in the order of their names.</summary>
    /// <exception cref="ArgumentException">A name occurs twice with different values.</exception>
    public static ImmutableSortedDictionary<string, string> Of(params IEnumerable<(string Name, string Value)> values) =>
        values.ToImmutableSortedDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}

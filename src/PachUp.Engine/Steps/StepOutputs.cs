using System.Collections.Immutable;

namespace PachUp.Engine.Steps;

/// <summary>Builds the outputs of a step.</summary>
internal static class StepOutputs
{
    public static ImmutableSortedDictionary<string, string> Of(params IEnumerable<(string Name, string Value)> outputs) =>
        outputs.ToImmutableSortedDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal);
}

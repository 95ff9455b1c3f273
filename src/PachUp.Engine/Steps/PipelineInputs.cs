using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Engine.Steps;

/// <summary>Walks the inputs of a pipeline.</summary>
internal static class PipelineInputs
{
    /// <summary>The inputs that are not made of other inputs.</summary>
    public static IEnumerable<Input> Leaves(Input? input)
    {
        if (input is null)
        {
            return [];
        }

        var parts = input.Cross.Concat(input.Union).Concat(input.Join).Concat(input.Group).ToList();
        return parts.Count == 0 ? [input] : parts.SelectMany(Leaves);
    }
}

using System.Text.Json;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Plugins.Pachyderm18To19.Rules;

namespace PachUp.Plugins.Pachyderm18To19.Checks;

/// <summary>
/// Why 1.9 refuses a pipeline that 1.8 has: specs that early releases of 1.8 let pass, and inputs that were deleted by force. What every 1.8
/// refuses too is not asked again.
/// </summary>
internal static class PipelineRefusals
{
    /// <summary>Every reason; empty where it is taken.</summary>
    /// <param name="pipeline">The pipeline as it is sent.</param>
    /// <param name="target">What else the target holds.</param>
    public static IEnumerable<string> Of(PipelineInfo pipeline, ClusterInventory target) =>
        [.. OfSpec(pipeline), .. OfInputRepos(pipeline, target)];

    private static IEnumerable<string> OfSpec(PipelineInfo pipeline)
    {
        if (pipeline.HashtreeSpec is { Constant: 0 })
        {
            yield return "hashtree_spec.constant must be more than 0";
        }

        if (!IsEmptyOrJson(pipeline.PodSpec))
        {
            yield return "pod_spec is not JSON";
        }

        if (!IsEmptyOrJson(pipeline.PodPatch))
        {
            yield return "pod_patch is not JSON";
        }

        if (pipeline.ParallelismSpec is { Constant: > 0, Coefficient: not 0 })
        {
            yield return "parallelism_spec has both a constant and a coefficient";
        }

        if (pipeline.ParallelismSpec is { Coefficient: < 0 })
        {
            yield return "parallelism_spec.coefficient is negative";
        }
    }

    private static IEnumerable<string> OfInputRepos(PipelineInfo pipeline, ClusterInventory target) =>
        PipelineInputs.Repos(pipeline).Where(repo => target.FindRepo(repo) is null).Select(repo => $"its input repo \"{repo}\" does not exist");

    private static bool IsEmptyOrJson(string text)
    {
        if (text.Length == 0)
        {
            return true;
        }

        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

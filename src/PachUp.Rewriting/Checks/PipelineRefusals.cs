using System.Text.Json;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Rewriting.Checks;

/// <summary>
/// Why a target refuses a pipeline of the source: because of specs and names that early releases accept, or deleted input repos. What every
/// release refuses is not checked.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="expected">The predicted content of the target.</param>
internal sealed class PipelineRefusals(ReleaseTraits target, ClusterInventory expected)
{
    /// <summary>All reasons; empty if the target accepts the pipeline.</summary>
    /// <param name="pipeline">The pipeline as it would be sent.</param>
    public IEnumerable<string> Of(PipelineInfo pipeline) => [.. OfName(pipeline), .. OfSpec(pipeline), .. OfInputRepos(pipeline)];

    private IEnumerable<string> OfName(PipelineInfo pipeline) =>
        PipelineNames.WhyRefused(pipeline.Pipeline?.Name ?? "", target.PipelineNames) is { } reason ? [reason] : [];

    private IEnumerable<string> OfSpec(PipelineInfo pipeline)
    {
        if (!target.AllowsSpoutInputs && pipeline is { Spout: { Service: null }, Input: not null })
        {
            yield return "a spout that is not a service must not have an input";
        }

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

    private IEnumerable<string> OfInputRepos(PipelineInfo pipeline) =>
        PipelineInputs.Repos(pipeline).Where(repo => expected.FindRepo(repo) is null).Select(repo => $"its input repo \"{repo}\" does not exist");

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

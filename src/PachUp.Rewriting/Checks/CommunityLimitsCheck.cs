using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>
/// Finds clusters that exceed the limits of a target without an enterprise key. A restore would stop there: pipelines come last in it, so everything else would
/// have arrived.
/// </summary>
public sealed class CommunityLimitsCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "community-limits";

    /// <inheritdoc/>
    public string Question => "Does the cluster exceed the limits of a target without an enterprise key?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "From 1.13 on, a server without an active enterprise key creates at most 16 pipelines, with at most 8 workers each. A restore stops at the first "
            + "pipeline beyond that, after everything else has arrived.",
        WhenPassed = "The cluster has no more pipelines and workers, or the target has a key.",
        WhenRefused = "Activate a key on the target before the migration, stay at 1.12, or upgrade in place: existing pipelines are not counted then.",
        Releases = "targets from 1.13 on",
    };

    /// <inheritdoc/>
    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var target = ReleaseTraits.Of(context.TargetRelease);
        var exceeded = FindExceeded(context.Survey.ExpectedTarget.Inventory.Pipelines, target).ToList();
        if (exceeded.Count == 0)
        {
            return CheckResult.Passed("The cluster stays within the limits of a target without an enterprise key");
        }

        return await HasKeyAsync(context, cancellationToken)
            ? CheckResult.Passed("The target has an enterprise key, so its limits do not apply")
            : CheckResult.Refused(
                $"{context.TargetRelease} without an enterprise key creates at most {target.CommunityPipelines} pipelines with at most {target.CommunityWorkers} workers "
                    + "each; a restore would stop there",
                "Choose one: deploy the target first, activate a key on it (pachctl enterprise activate) and use the side-by-side plan; stay at 1.12; or, as "
                    + "Pachyderm documents it from 1.11 on, upgrade in place without a restore, where existing pipelines are not counted.",
                exceeded);
    }

    private static IEnumerable<string> FindExceeded(IReadOnlyCollection<Pachyderm.Inventories.PipelineInventory> pipelines, ReleaseTraits target)
    {
        if (pipelines.Count > target.CommunityPipelines)
        {
            yield return $"{pipelines.Count} pipelines";
        }

        foreach (var pipeline in pipelines.Where(pipeline => pipeline.Info.ParallelismSpec?.Constant > (ulong?)target.CommunityWorkers))
        {
            yield return $"pipeline {pipeline.Name}: {pipeline.Info.ParallelismSpec.Constant} workers";
        }
    }

    /// <summary>Whether the target answers already and has a key. In place there is no target yet.</summary>
    private static async Task<bool> HasKeyAsync(IStepContext context, CancellationToken cancellationToken) =>
        context.Survey.Target is not null && await context.Target.Connect().GetEnterpriseStateAsync(cancellationToken) is not null;
}

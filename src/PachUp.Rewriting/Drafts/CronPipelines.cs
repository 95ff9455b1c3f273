using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;

namespace PachUp.Rewriting.Drafts;

/// <summary>
/// Pipelines with cron inputs. pachd starts to make ticks when it creates such a pipeline, so running ones are created after everything else has
/// arrived: pachd then continues from the newest tick in the repo.
/// </summary>
public static class CronPipelines
{
    /// <summary>Whether a pipeline is created after everything else has arrived.</summary>
    public static bool ComesLast(PipelineInventory pipeline) => !pipeline.Stopped && PipelineInputs.HasCron(pipeline.Info);

    /// <summary>The branches into which a pipeline's ticks go.</summary>
    public static IEnumerable<BranchName> TickedBranches(PipelineInventory pipeline) =>
        PipelineInputs.Crons(pipeline.Info).Select(cron => new BranchName(PipelineInputs.RepoOf(pipeline.Info, cron), CronTick.Branch));
}

using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;

namespace PachUp.Rewriting.Drafts;

/// <summary>
/// Pipelines that a clock starts. pachd begins to make ticks when it creates such a pipeline, so one that is to run is created when everything else
/// is in place: pachd then counts on from the newest tick that it finds.
/// </summary>
public static class CronPipelines
{
    /// <summary>Whether a pipeline is created when everything else is in place.</summary>
    public static bool ComesLast(PipelineInventory pipeline) => !pipeline.Stopped && PipelineInputs.HasCron(pipeline.Info);

    /// <summary>The branches that a pipeline ticks into.</summary>
    public static IEnumerable<BranchName> TickedBranches(PipelineInventory pipeline) =>
        PipelineInputs.Crons(pipeline.Info).Select(cron => new BranchName(PipelineInputs.RepoOf(pipeline.Info, cron), CronTick.Branch));
}

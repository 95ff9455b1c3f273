using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Pipelines that run are paused by the plan and started again; one that fails fails afterwards too.</summary>
internal sealed class PipelinesRunningCheck : ICheck
{
    public string Name => "pipelines-running";

    public string Question => "Which pipelines run on the source, and do all of them work?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A pipeline that runs while the state is extracted changes it, and what was extracted does not fit together. PachUp stops all "
            + "pipelines itself and notes which ran. One that has failed counts as running, and fails in the new cluster as it did in the old.",
        WhenPassed = "All pipelines that run work. They are stopped for the extract, and exactly these run in the end.",
        WhenWarned = "The pipelines that are named have failed or keep restarting. Repair or stop them on the source, so that a failure afterwards "
            + "is not taken for one of the migration. Before 1.9.2 a failed pipeline does not come back by being started: update it. Where all are "
            + "stopped, a run may have done it that was killed: nothing on the cluster tells that from somebody who wanted it so.",
        Issues = [3934],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var pipelines = context.Survey.Source.Pipelines;
        var running = pipelines.Where(pipeline => !pipeline.Stopped).ToList();
        var failing = running.Where(IsFailing).Select(Describe).ToList();
        return Task.FromResult(running.Count == 0 && pipelines.Length > 0 ? NoneRuns(pipelines.Length) : failing.Count == 0
            ? CheckResult.Passed($"{Words.Count(running.Count, "pipeline")} that run are stopped for the extract and run again in the end")
            : CheckResult.Warning(
                $"{Words.Count(failing.Count, "pipeline")} on the source {(failing.Count == 1 ? "does" : "do")} not work",
                "Repair or stop them on the source first: afterwards nobody could tell their failure from one of the migration.",
                failing));
    }

    private static CheckResult NoneRuns(int stopped) => CheckResult.Warning(
        $"no pipeline runs on the source: {Words.Count(stopped, "pipeline")} {(stopped == 1 ? "is" : "are")} stopped, and will be in the end",
        "If a run that did not finish has stopped them, go on with it or roll it back first: \"pachup runs list\" shows it in the state directory that "
            + "it was begun with.");

    private static bool IsFailing(PipelineInventory pipeline) =>
        pipeline.Info.State is PipelineState.PipelineFailure or PipelineState.PipelineRestarting or PipelineState.PipelineCrashing;

    private static string Describe(PipelineInventory pipeline)
    {
        var state = pipeline.Info.State switch
        {
            PipelineState.PipelineRestarting => "is restarting",
            PipelineState.PipelineCrashing => "is crashing",
            _ => "has failed",
        };
        var reason = pipeline.Info.Reason.Length > 0 ? pipeline.Info.Reason : pipeline.Info.RecentError;
        return reason.Length > 0 ? $"pipeline {pipeline.Name} {state}: {reason}" : $"pipeline {pipeline.Name} {state}";
    }
}

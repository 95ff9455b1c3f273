using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks the running pipelines: the plan stops them and starts them again, and a failing pipeline fails after the migration too.</summary>
internal sealed class PipelinesRunningCheck : ICheck
{
    public string Name => "pipelines-running";

    public string Question => "Which pipelines run on the source, and do they all work?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A pipeline that runs during the extract changes the state, so the extract would be inconsistent. PachUp stops all pipelines and "
            + "notes which ones ran. A failed pipeline counts as running, and fails on the new cluster too.",
        WhenPassed = "All running pipelines work. PachUp stops them for the extract and starts exactly these at the end.",
        WhenWarned = "The named pipelines have failed or keep restarting. Repair or stop them on the source; otherwise a failure after the "
            + "migration looks like a failure of the migration. Before 1.9.2, starting a failed pipeline does not repair it: update it. If all "
            + "pipelines are stopped, a killed run may have stopped them: the cluster does not tell who did it.",
        Issues = [3934],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var pipelines = context.Survey.Source.Pipelines;
        var running = pipelines.Where(pipeline => !pipeline.Stopped).ToList();
        var failing = running.Where(IsFailing).Select(Describe).ToList();
        return Task.FromResult(running.Count == 0 && pipelines.Length > 0 ? NoneRuns(pipelines.Length) : failing.Count == 0
            ? CheckResult.Passed($"{Words.Count(running.Count, "running pipeline")} will be stopped for the extract and started again at the end")
            : CheckResult.Warning(
                $"{Words.Count(failing.Count, "pipeline")} on the source {(failing.Count == 1 ? "does" : "do")} not work",
                "Repair or stop them on the source first. Otherwise you cannot tell their failure from a failure of the migration.",
                failing));
    }

    private static CheckResult NoneRuns(int stopped) => CheckResult.Warning(
        $"no pipeline runs on the source: {Words.Count(stopped, "pipeline")} {(stopped == 1 ? "is" : "are")} stopped, and will stay stopped after "
            + "the migration",
        "If an unfinished run has stopped them, resume it or roll it back first. To find it, use \"pachup runs list\" with the state directory in "
            + "which that run was started.");

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

using PachUp.Sdk;

namespace FreezePlugin;

/// <summary>Looks whether anything would be started in the middle.</summary>
public sealed class SchedulerCheck : ICheck
{
    public string Name => "scheduler-idle";

    public string Question => "Does the scheduler start pipelines of this cluster?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A scheduler that starts a pipeline in the middle of an extract changes what is extracted.",
        WhenPassed = "No pipeline runs that the scheduler could have started.",
        WhenWarned = "Pipelines run. Freeze the scheduler before the plan is carried out, with the step acme/freeze.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var running = context.Survey.Source.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name).ToList();
        return Task.FromResult(running.Count == 0
            ? CheckResult.Passed("No pipeline runs.")
            : CheckResult.Warning($"{running.Count} pipelines run.", "Let the plan use the step acme/freeze.", running));
    }
}

using PachUp.Sdk;

namespace PachUp.Engine.Checks;

/// <summary>pachd ignores "already exists" when it restores, so a target with content would hide conflicts.</summary>
internal sealed class TargetEmptyCheck : ICheck
{
    public string Name => "target-empty";

    public string Question => "Is the target empty?";

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.Survey.Target switch
    {
        null when context.IsInPlace => CheckResult.Passed("In place: asked again when the new cluster answers"),
        null => CheckResult.Refused($"nothing answers at the target {context.Target.Address}", $"Deploy an empty {context.TargetRelease} there first."),
        { IsEmpty: true } => CheckResult.Passed("The target has no repos and no pipelines"),
        var target => CheckResult.Refused(
            $"the target at {context.Target.Address} has {Words.Count(target.Repos, "repo")} and {Words.Count(target.Pipelines, "pipeline")}",
            "Deploy it on fresh metadata storage, or give another target."),
    });
}

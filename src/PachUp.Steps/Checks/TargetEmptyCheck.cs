using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>pachd ignores "already exists" when it restores, so a target with content would hide conflicts.</summary>
internal sealed class TargetEmptyCheck : ICheck
{
    public string Name => "target-empty";

    public string Question => "Is the target empty?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd passes over everything that exists already when it restores, so a pipeline of the same name with another spec would stay as "
            + "it is, without a word; and 1.9.6 and later lose commits when something is restored twice.",
        WhenPassed = "The target has neither repos nor pipelines, or the plan deploys it. (Objects do not count: the bucket may be shared.)",
        WhenRefused = "Something is in it. Deploy the target on fresh metadata storage.",
        Issues = [3883],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.Survey.Target switch
    {
        null when context.IsInPlace => CheckResult.Passed("In place: asked again when the new cluster answers"),
        null => CheckResult.Passed("The plan deploys the target: asked again when it answers"),
        { IsEmpty: true } => CheckResult.Passed("The target has no repos and no pipelines"),
        var target => CheckResult.Refused(
            $"the target at {context.Target.Address} has {Words.Count(target.Repos, "repo")} and {Words.Count(target.Pipelines, "pipeline")}",
            "Deploy it on fresh metadata storage, or give another target."),
    });
}

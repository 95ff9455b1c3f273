using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks that the target is empty. A restore ignores "already exists", so conflicts with existing content would be hidden.</summary>
internal sealed class TargetEmptyCheck : ICheck
{
    public string Name => "target-empty";

    public string Question => "Is the target empty?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "During a restore pachd skips everything that already exists, without a message. A pipeline with the same name but another spec "
            + "would not be changed. And 1.9.6 and later lose commits if something is restored twice.",
        WhenPassed = "The target has no repos and no pipelines, or the plan deploys it. Objects do not count, because the bucket may be shared.",
        WhenRefused = "The target is not empty. Deploy it on fresh metadata storage.",
        Issues = [3883],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.Survey.Target switch
    {
        null when context.IsInPlace => CheckResult.Passed("In place: PachUp checks this again when the new cluster answers"),
        null => CheckResult.Passed("The plan deploys the target: PachUp checks this again when it answers"),
        { IsEmpty: true } => CheckResult.Passed("The target has no repos and no pipelines"),
        var target => CheckResult.Refused(
            $"the target at {context.Target.Address} has {Words.Count(target.Repos, "repo")} and {Words.Count(target.Pipelines, "pipeline")}",
            "Deploy it on fresh metadata storage, or give the address of another target."),
    });
}

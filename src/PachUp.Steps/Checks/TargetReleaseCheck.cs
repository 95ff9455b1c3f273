using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>What answers at the target has to be the release that the plan was made for.</summary>
internal sealed class TargetReleaseCheck : ICheck
{
    public string Name => "target-release";

    public string Question => "Is the target the release that the plan leads to?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A server accepts a stream that is newer than itself with code 0 and restores nothing of it, so what answers has to be what the plan "
            + "was made for.",
        WhenPassed = "The release that answers is the one that the plan leads to.",
        WhenRefused = "Another release answers. Name it with --to if it is the one you want, or deploy the one that the plan leads to.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var wanted = context.TargetRelease;
        return Task.FromResult(context.Survey.Target?.Release switch
        {
            null => CheckResult.Passed($"Asked again when {wanted} answers"),
            var found when found.Line != wanted.Line => CheckResult.Refused(
                $"the target at {context.Target.Address} is a {found}, not a {wanted.Line}", $"Deploy {wanted} there, or correct --target."),
            var found when found.WithoutSuffix() != wanted => CheckResult.Refused(
                $"the target at {context.Target.Address} is a {found}, the plan leads to {wanted}",
                $"Choose the release that is deployed with --to {found.WithoutSuffix()}, or deploy {wanted}."),
            var found => CheckResult.Passed($"The target is a {found}"),
        });
    }
}

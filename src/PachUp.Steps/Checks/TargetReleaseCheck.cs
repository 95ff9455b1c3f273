using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks that the target has the release of the plan.</summary>
internal sealed class TargetReleaseCheck : ICheck
{
    public string Name => "target-release";

    public string Question => "Does the target have the release of the plan?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd accepts operations of a newer release with code 0 and restores none of them. So the target must have exactly the release that "
            + "the plan was made for.",
        WhenPassed = "The target has the release of the plan.",
        WhenRefused = "The target has another release. If it is the one you want, name it with --to; otherwise deploy the release of the plan.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var wanted = context.TargetRelease;
        return Task.FromResult(context.Survey.Target?.Release switch
        {
            null => CheckResult.Passed($"PachUp checks this again when {wanted} answers"),
            var found when found.Line != wanted.Line => CheckResult.Refused(
                $"the target at {context.Target.Address} is {found}, not a release of {wanted.Line}", $"Deploy {wanted} there, or correct --target."),
            var found when found.WithoutSuffix() != wanted => CheckResult.Refused(
                $"the target at {context.Target.Address} is {found}, but the plan is for {wanted}",
                $"To migrate to the deployed release, use --to {found.WithoutSuffix()}; otherwise deploy {wanted}."),
            var found => CheckResult.Passed($"The target is {found}"),
        });
    }
}

using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks the release of the installed pachctl. PachUp does not need pachctl, but its user does.</summary>
/// <param name="findInstalled">Finds the release of the pachctl of this machine; null if there is none.</param>
internal sealed class PachctlCheck(Func<CancellationToken, Task<Release?>> findInstalled) : ICheck
{
    public string Name => "pachctl-release";

    public string Question => "Does the pachctl of this machine have the release of one of the clusters?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A pachctl and a pachd of different releases misunderstand each other, often without an error. PachUp does not need pachctl, but you "
            + "need it for the work that you do by hand, such as deploying or inspecting a pipeline.",
        WhenPassed = "The pachctl has the release of the source or of the target, or this machine has no pachctl.",
        WhenWarned = "The pachctl has neither release. Install the right pachctl before you use it on a cluster.",
        Issues = [3886],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public bool IsAboutThisMachine => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (context.Survey.Source.Release.WithoutSuffix(), context.TargetRelease.WithoutSuffix());
        return await findInstalled(cancellationToken) switch
        {
            null => CheckResult.Passed("This machine has no pachctl; PachUp does not need it"),
            { } installed when installed.WithoutSuffix() == source || installed.WithoutSuffix() == target =>
                CheckResult.Passed($"The pachctl of this machine is {installed}"),
            { } installed => CheckResult.Warning(
                $"the pachctl of this machine is {installed}; the source is {source}, the target will be {target}",
                $"Install pachctl {target} for your work after the migration, and use pachctl {source} on the source."),
        };
    }
}

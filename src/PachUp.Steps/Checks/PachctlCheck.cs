using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>PachUp does not need pachctl, but the person who uses PachUp does, and a pachctl of another release misunderstands the server.</summary>
/// <param name="findInstalled">Finds the release of the pachctl of this machine; null where there is none.</param>
internal sealed class PachctlCheck(Func<CancellationToken, Task<Release?>> findInstalled) : ICheck
{
    public string Name => "pachctl-release";

    public string Question => "Is the pachctl of this machine of the release of one of the clusters?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A pachctl and a pachd of different releases misunderstand each other, often without an error. PachUp needs no pachctl, but the "
            + "steps that people do by hand (deploying, looking into a pipeline) do.",
        WhenPassed = "It is of the release of the source or of the target, or there is none on this machine.",
        WhenWarned = "It is of neither. Install the one that fits before you use it on a cluster.",
        Issues = [3886],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public bool IsAboutThisMachine => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (context.Survey.Source.Release.WithoutSuffix(), context.TargetRelease.WithoutSuffix());
        return await findInstalled(cancellationToken) switch
        {
            null => CheckResult.Passed("There is no pachctl on this machine; PachUp needs none"),
            { } installed when installed.WithoutSuffix() == source || installed.WithoutSuffix() == target =>
                CheckResult.Passed($"The pachctl of this machine is {installed}"),
            { } installed => CheckResult.Warning(
                $"the pachctl of this machine is {installed}; the source is {source}, the target will be {target}",
                $"Install pachctl {target} for what you do by hand after the migration, and use pachctl {source} on the source."),
        };
    }
}

using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Checks whether the new release looks for local objects in another folder. No call of pachd tells which storage backend a cluster has.
/// </summary>
internal sealed class LocalStorageCheck : ICheck
{
    public string Name => "local-storage";

    public string Question => "Does the new release look for objects in the folders where the old one keeps them?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The local storage backend keeps objects, blocks and tags in ROOT/pach; from 1.9.10 on it keeps them in ROOT. After an upgrade on "
            + "the same volumes pachd does not find them and cannot even list pipelines (\"object ... not found\"). Other storage backends have no "
            + "such change.",
        WhenPassed = "Both releases look in the same folders.",
        WhenWarned = "If objects are in S3, Google or Azure, do nothing. With local storage, move the folders object, block and tag from ROOT/pach "
            + "to ROOT while no pachd and no worker runs.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose == PlanPurpose.Upgrade;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (context.Survey.Source.Release, context.TargetRelease);
        return Task.FromResult(LocalStorage.IsMovedBetween(source, target)
            ? CheckResult.Warning(
                $"with local storage, {target} looks for objects in another folder than {source}",
                "If objects are in S3, Google or Azure, do nothing. With local storage, move the folders object, block and tag from ROOT/pach to "
                    + "ROOT after you undeploy the old release and before you deploy the new one.")
            : CheckResult.Passed($"{source} and {target} look for objects in the same folders"));
    }
}

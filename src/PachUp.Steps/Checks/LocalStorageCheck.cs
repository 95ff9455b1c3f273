using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>A cluster with local storage is upgraded to a release that looks for its objects elsewhere. No call says which storage backend a cluster has.</summary>
internal sealed class LocalStorageCheck : ICheck
{
    public string Name => "local-storage";

    public string Question => "Does the new release look for objects where the old one keeps them?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The local storage backend keeps objects, blocks and tags in ROOT/pach, and from 1.9.10 on in ROOT. After an upgrade on the same "
            + "volumes pachd finds none of them: it cannot even list pipelines (\"object ... not found\"). Other backends are not concerned.",
        WhenPassed = "Both releases look in the same place.",
        WhenWarned = "Nothing is to be done where objects are in S3, Google or Azure. On local storage, move the folders object, block and tag from ROOT/pach "
            + "to ROOT while no pachd and no worker runs.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose == PlanPurpose.Upgrade;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (context.Survey.Source.Release, context.TargetRelease);
        return Task.FromResult(LocalStorage.IsMovedBetween(source, target)
            ? CheckResult.Warning(
                $"on local storage, {target} looks for objects in another folder than {source}",
                "Nothing where objects are in S3, Google or Azure. Otherwise move the folders object, block and tag from ROOT/pach to ROOT between "
                    + "undeploying and deploying.")
            : CheckResult.Passed($"{source} and {target} look for objects in the same place"));
    }
}

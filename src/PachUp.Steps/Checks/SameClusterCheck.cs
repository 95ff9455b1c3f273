using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks that source and target are not the same cluster: a migration must not restore a cluster into itself.</summary>
internal sealed class SameClusterCheck : ICheck
{
    public string Name => "same-cluster";

    public string Question => "Are the source and the target different clusters?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "An old PACHD_ADDRESS or a forwarded port can make both addresses lead to the same cluster. Restoring a cluster into itself changes "
            + "it, and pachd hides this because it ignores \"already exists\". PachUp compares the cluster ids, which pachd creates together with "
            + "its metadata storage.",
        WhenPassed = "The two cluster ids differ. If the migration is in place, PachUp compares them when the new cluster answers.",
        WhenRefused = "Both addresses lead to the same cluster. Give the address of the new cluster with --target.",
        Issues = [4171],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload;

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context switch
    {
        { IsInPlace: true } => CheckResult.Passed(
            "In place: the new cluster gets the address of the old one; PachUp compares the cluster ids before it sends anything"),
        _ when context.Survey.Target?.ClusterId == context.Survey.Source.ClusterId => CheckResult.Refused(
            $"{context.Source.Address} and {context.Target.Address} are the same cluster ({context.Survey.Source.ClusterId})",
            "Give the address of the new cluster with --target. Check whether PACHD_ADDRESS has an old value."),
        _ => CheckResult.Passed("Source and target have different cluster ids"),
    });
}

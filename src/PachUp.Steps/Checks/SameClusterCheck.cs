using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Two addresses with one cluster behind them: the migration would restore a cluster into itself.</summary>
internal sealed class SameClusterCheck : ICheck
{
    public string Name => "same-cluster";

    public string Question => "Are source and target two clusters?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A leftover PACHD_ADDRESS or a forwarded port makes it easy to name one cluster twice. Restoring a cluster into itself changes it, "
            + "and its own \"already exists\" answers hide that. Clusters are told apart by the id that their metadata storage was created with.",
        WhenPassed = "The two ids differ, or the migration is in place and the ids are compared when the new cluster answers.",
        WhenRefused = "Both addresses lead to the same cluster. Give the address of the new one with --target.",
        Issues = [4171],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload;

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context switch
    {
        { IsInPlace: true } => CheckResult.Passed(
            "In place: the new cluster takes the address of the old one; its id is compared before anything is sent"),
        _ when context.Survey.Target?.ClusterId == context.Survey.Source.ClusterId => CheckResult.Refused(
            $"{context.Source.Address} and {context.Target.Address} are the same cluster ({context.Survey.Source.ClusterId})",
            "Give the address of the new cluster with --target; look for a leftover PACHD_ADDRESS."),
        _ => CheckResult.Passed("Source and target have different cluster ids"),
    });
}

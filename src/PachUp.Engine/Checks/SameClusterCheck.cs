using PachUp.Sdk;

namespace PachUp.Engine.Checks;

/// <summary>Two addresses with one cluster behind them: the migration would restore a cluster into itself.</summary>
internal sealed class SameClusterCheck : ICheck
{
    public string Name => "same-cluster";

    public string Question => "Are source and target two clusters?";

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

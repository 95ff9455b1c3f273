using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Steps.Checks;

/// <summary>Checks the etcd limit: a commit on a branch with many branches below it needs more comparisons than etcd allows by default.</summary>
internal sealed class TransactionLimitCheck : ICheck
{
    private const string Remedy = $"Start the target's etcd with {Etcd.RaisedLimit} (an argument of its container; the manifests of \"pachctl deploy\" have it).";

    public string Name => "transaction-limit";

    public string Question => "Can etcd carry out the transaction of one commit?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd makes a commit, and an open output commit on every branch below it, in one etcd transaction. etcd allows 128 comparisons in a "
            + "transaction unless it is started with --max-txn-ops. 14 pipelines on one repo are too many; fewer are enough if pipelines read each "
            + "other's output or cross repos. Then put-file fails with \"too many operations in txn request\", and a restore stops halfway. The "
            + "check counts what a commit costs when all branches have commits.",
        WhenPassed = "No commit needs more comparisons than etcd allows.",
        WhenWarned = $"Commits on the named branches need more comparisons. Start the etcd of the target with {Etcd.RaisedLimit}, as \"pachctl "
            + "deploy\" does. If it already runs with this argument, accept the warning.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var seen = await FindLimitAsync(context, cancellationToken);
        var limit = seen ?? Etcd.DefaultTransactionLimit;
        var writes = TransactionCosts.Of(context.Survey.Source).OfWrites().ToList();
        var excessive = writes.TakeWhile(write => write.Comparisons > limit).Select(Describe).ToList();
        var etcd = seen is null ? $"an etcd without {Etcd.LimitOption} allows {limit}" : $"the deployed etcd allows {limit}";
        return excessive.Count == 0
            ? CheckResult.Passed($"A commit needs at most {Words.Count(writes.FirstOrDefault()?.Comparisons ?? 0, "comparison")}, and {etcd}")
            : CheckResult.Warning(
                $"a commit on {Words.Count(excessive.Count, "branch")} needs more comparisons in one transaction than etcd allows: {etcd}", Remedy, excessive);
    }

    private static string Describe(TransactionCost write) =>
        $"{write.Branch}: {Words.Count(write.Comparisons, "comparison")}, {Words.Count(write.BranchesBelow, "branch")} below it";

    /// <summary>The limit of the deployed etcd: that of the target; in place that of the source, because its arguments are kept.</summary>
    private static async Task<int?> FindLimitAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var cluster = context.IsInPlace ? context.Source : context.Target;
        if (cluster.Platform is not IMetadataLimitPlatform platform)
        {
            return null;
        }

        try
        {
            return await platform.GetTransactionLimitAsync(cluster, cancellationToken);
        }
        catch (StepFailedException)
        {
            // If the platform cannot be asked, its own check reports that; here the limit is just unknown.
            return null;
        }
    }
}

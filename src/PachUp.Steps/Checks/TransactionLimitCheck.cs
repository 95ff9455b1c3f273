using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>A commit that many branches are computed from is more than etcd takes in one transaction as it comes.</summary>
internal sealed class TransactionLimitCheck : ICheck
{
    private const string Remedy = $"Start the target's etcd with {Etcd.RaisedLimit} (an argument of its container; the manifests of \"pachctl deploy\" have it).";

    public string Name => "transaction-limit";

    public string Question => "Does etcd take what one commit sets off?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd makes a commit, and an open output commit on every branch below it, in one transaction. etcd takes 128 comparisons in one unless it is "
            + "started with --max-txn-ops: 14 pipelines on one repo are too many, and fewer where pipelines read each other's output or cross repos. "
            + "put-file then fails with \"too many operations in txn request\", and a restore stops half way. The count is what a commit costs once all "
            + "branches have commits.",
        WhenPassed = "No commit costs more than etcd takes.",
        WhenWarned = $"Commits on the branches that are named cost more. See to it that the etcd of the target is started with {Etcd.RaisedLimit}, as "
            + "\"pachctl deploy\" does it. Accept the warning where it is.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var seen = await FindLimitAsync(context, cancellationToken);
        var limit = seen ?? Etcd.DefaultTransactionLimit;
        var writes = TransactionCosts.Of(context.Survey.Source).OfWrites().ToList();
        var dear = writes.TakeWhile(write => write.Comparisons > limit).Select(Describe).ToList();
        var etcd = seen is null ? $"an etcd without {Etcd.LimitOption} takes {limit}" : $"the etcd that is there takes {limit}";
        return dear.Count == 0
            ? CheckResult.Passed($"A commit costs {Words.Count(writes.FirstOrDefault()?.Comparisons ?? 0, "comparison")} at most, and {etcd}")
            : CheckResult.Warning(
                $"a commit on {Words.Count(dear.Count, "branch")} costs more comparisons in one transaction than etcd takes: {etcd}", Remedy, dear);
    }

    private static string Describe(TransactionCost write) =>
        $"{write.Branch}: {Words.Count(write.Comparisons, "comparison")}, {Words.Count(write.BranchesBelow, "branch")} below it";

    /// <summary>The limit of the etcd that is there: the target's, and in place the one that will be replaced, since its arguments are kept.</summary>
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
            // A platform that does not let itself be asked is reported by the platform's own check; here it is an etcd that cannot be seen.
            return null;
        }
    }
}

using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Rewriting;

namespace PachUp.Engine.Checks;

/// <summary>A commit that reaches many pipelines at once is more than the metadata store takes in one transaction as it comes.</summary>
internal sealed class TransactionLimitCheck : ICheck
{
    // Seen on all releases: with etcd's own limit of 128 operations, some 34 pipelines on one repo were too many.
    private const int PipelinesThatFit = 30;

    public string Name => "transaction-limit";

    public string Question => "Does a repo feed more pipelines than a metadata store with default limits can take?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd writes everything that a new commit sets off in one transaction. With etcd's own limit of operations, a repo with some 34 "
            + "pipelines is too much (\"too many operations in txn request\"), and the restore stops at its first commit. The manifests of "
            + "\"pachctl deploy\" raise the limit to 5000 or 10000.",
        WhenPassed = "No repo feeds that many.",
        WhenWarned = "The repos that are named feed more. See to it that the etcd of the target is started with --max-txn-ops=10000, as \"pachctl "
            + "deploy\" does it.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.FillsCluster();

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var readers = ReadersOf(context.Survey.Source);
        var crowded = context.Survey.Source.Repos
            .Select(repo => (repo.Name, Pipelines: CountFedBy(repo.Name, readers)))
            .Where(repo => repo.Pipelines > PipelinesThatFit)
            .Select(repo => $"repo {repo.Name} feeds {Words.Count(repo.Pipelines, "pipeline")}")
            .ToList();
        return Task.FromResult(crowded.Count == 0
            ? CheckResult.Passed($"No repo feeds more than {PipelinesThatFit} pipelines")
            : CheckResult.Warning(
                $"{Words.Count(crowded.Count, "repo")} {(crowded.Count == 1 ? "feeds" : "feed")} more pipelines than an etcd with its own limits can take",
                "Start the target's etcd with --max-txn-ops=10000, as the manifests of \"pachctl deploy\" do.",
                crowded));
    }

    private static ILookup<string, string> ReadersOf(ClusterInventory cluster) => cluster.Pipelines
        .SelectMany(pipeline => PipelineInputs.Repos(pipeline.Info).Select(repo => (Repo: repo, Pipeline: pipeline.Name)))
        .ToLookup(read => read.Repo, read => read.Pipeline);

    private static int CountFedBy(string repo, ILookup<string, string> readers)
    {
        var fed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([repo]);
        while (open.TryPop(out var next))
        {
            foreach (var pipeline in readers[next].Where(fed.Add))
            {
                open.Push(pipeline);
            }
        }

        return fed.Count;
    }
}

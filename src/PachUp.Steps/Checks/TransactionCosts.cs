using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Steps.Checks;

/// <summary>
/// What one commit on a branch costs in etcd. pachd makes the commit and an open output commit on every branch below it in one transaction, and
/// compares each key that it has read on the way; the comparisons are more than the writes, so they meet the limit first. The same on 1.7.14,
/// 1.8.7, 1.9.0 and 1.9.12.
/// </summary>
internal sealed class TransactionCosts
{
    private const string StatsBranch = "stats";

    // The repo, the branch, the commit that it points at, and the new one.
    private const int OfTheCommitItself = 4;

    // A branch, the commit that it points at, and the new commit.
    private const int OfBranchBelow = 3;

    // A branch and the commit that it points at.
    private const int OfBranchAbove = 2;

    private readonly Dictionary<BranchName, ImmutableArray<BranchName>> _provenance;
    private readonly ILookup<BranchName, BranchName> _below;

    private TransactionCosts(Dictionary<BranchName, ImmutableArray<BranchName>> provenance)
    {
        _provenance = provenance;
        _below = provenance.SelectMany(branch => branch.Value.Select(above => (Above: above, Branch: branch.Key)))
            .ToLookup(pair => pair.Above, pair => pair.Branch);
    }

    /// <summary>The costs in a cluster whose pipelines all run: those that are stopped are started one day.</summary>
    public static TransactionCosts Of(ClusterInventory cluster)
    {
        var direct = new Dictionary<BranchName, HashSet<BranchName>>();
        foreach (var (branch, origins) in BranchesOf(cluster).Concat(cluster.Pipelines.SelectMany(OutputsOf)))
        {
            direct.TryAdd(branch, []);
            direct[branch].UnionWith(origins);
            foreach (var origin in origins.Where(origin => !origin.IsSpec))
            {
                direct.TryAdd(origin, []);
            }
        }

        var closure = new BranchClosure(direct.Select(branch => (branch.Key, branch.Value.ToImmutableArray())));
        return new TransactionCosts(direct.Keys.ToDictionary(branch => branch, closure.Of));
    }

    /// <summary>The branches that people write to, the most expensive first.</summary>
    public IEnumerable<TransactionCost> OfWrites() => _provenance
        .Where(branch => branch.Value.All(above => above.IsSpec))
        .Select(branch => CostOf(branch.Key))
        .OrderByDescending(cost => cost.Comparisons)
        .ThenBy(cost => cost.Branch);

    private TransactionCost CostOf(BranchName written)
    {
        var below = _below[written].ToHashSet();
        var above = below.SelectMany(branch => _provenance[branch]).Where(branch => branch != written && !below.Contains(branch)).ToHashSet();

        // Commits are indexed by what they are computed from: each entry of a new commit is read before it is written, those of the commit before
        // it and of the commits that it is computed from are read again.
        var comparisons = OfTheCommitItself
            + below.Sum(branch => OfBranchBelow + (2 * _provenance[branch].Length))
            + above.Sum(branch => OfBranchAbove + _provenance.GetValueOrDefault(branch, []).Length);
        return new TransactionCost(written, comparisons, below.Count);
    }

    private static IEnumerable<(BranchName Branch, ImmutableArray<BranchName> Origins)> BranchesOf(ClusterInventory cluster) => cluster.Repos.SelectMany(repo =>
        repo.Branches.Select(branch => (new BranchName(repo.Name, branch.Name), branch.DirectProvenance)));

    /// <summary>The branches that a pipeline writes. Of one that is stopped the cluster itself does not say what they are computed from.</summary>
    private static IEnumerable<(BranchName Branch, ImmutableArray<BranchName> Origins)> OutputsOf(PipelineInventory pipeline)
    {
        var output = new BranchName(pipeline.Name, pipeline.Info.OutputBranch is { Length: > 0 } name ? name : "master");
        yield return (output, [.. PipelineInputs.Branches(pipeline.Info), new BranchName(BranchName.SpecRepo, pipeline.Name)]);
        if (pipeline.Info.EnableStats)
        {
            yield return (new BranchName(pipeline.Name, StatsBranch), [output]);
        }
    }
}

/// <summary>What one commit on a branch costs.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Comparisons">How many comparisons the transaction has.</param>
/// <param name="BranchesBelow">How many branches are computed from it, directly or not.</param>
internal sealed record TransactionCost(BranchName Branch, int Comparisons, int BranchesBelow);

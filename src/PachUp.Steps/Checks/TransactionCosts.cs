using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Checks;

/// <summary>
/// Counts the etcd comparisons of one commit on a branch. pachd makes the commit and an open output commit on every branch below it in one
/// transaction, and compares each key that it has read. There are more comparisons than writes, so comparisons reach the limit first. The same on
/// 1.7.14, 1.8.7, 1.9.0 and 1.9.12.
/// </summary>
internal sealed class TransactionCosts
{
    private const string StatsBranch = "stats";

    // The repo, the branch, the branch's current commit, and the new commit.
    private const int OfTheCommitItself = 4;

    // A branch, its current commit, and the new commit.
    private const int OfBranchBelow = 3;

    // A branch and its current commit.
    private const int OfBranchAbove = 2;

    private readonly Dictionary<BranchName, ImmutableArray<BranchName>> _provenance;
    private readonly ILookup<BranchName, BranchName> _below;

    private TransactionCosts(Dictionary<BranchName, ImmutableArray<BranchName>> provenance)
    {
        _provenance = provenance;
        _below = provenance.SelectMany(branch => branch.Value.Select(above => (Above: above, Branch: branch.Key)))
            .ToLookup(pair => pair.Above, pair => pair.Branch);
    }

    /// <summary>The costs if all pipelines of the cluster run: stopped pipelines may be started later.</summary>
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

    /// <summary>The costs of a commit on each branch that users write to, the most expensive first.</summary>
    public IEnumerable<TransactionCost> OfWrites() => _provenance
        .Where(branch => branch.Value.All(above => above.IsSpec))
        .Select(branch => CostOf(branch.Key))
        .OrderByDescending(cost => cost.Comparisons)
        .ThenBy(cost => cost.Branch);

    private TransactionCost CostOf(BranchName written)
    {
        var below = _below[written].ToHashSet();
        var above = below.SelectMany(branch => _provenance[branch]).Where(branch => branch != written && !below.Contains(branch)).ToHashSet();

        // pachd indexes commits by their provenance: it reads each entry of a new commit before it writes it, and it reads again the entries of the
        // parent commit and of the commits in the provenance.
        var comparisons = OfTheCommitItself
            + below.Sum(branch => OfBranchBelow + (2 * _provenance[branch].Length))
            + above.Sum(branch => OfBranchAbove + _provenance.GetValueOrDefault(branch, []).Length);
        return new TransactionCost(written, comparisons, below.Count);
    }

    private static IEnumerable<(BranchName Branch, ImmutableArray<BranchName> Origins)> BranchesOf(ClusterInventory cluster) => cluster.Repos.SelectMany(repo =>
        repo.Branches.Select(branch => (new BranchName(repo.Name, branch.Name), branch.DirectProvenance)));

    /// <summary>The branches that a pipeline writes. For a stopped pipeline the cluster itself does not tell their provenance.</summary>
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

/// <summary>The cost of one commit on a branch.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Comparisons">The number of comparisons in its etcd transaction.</param>
/// <param name="BranchesBelow">The number of branches that are computed from it, directly or not.</param>
internal sealed record TransactionCost(BranchName Branch, int Comparisons, int BranchesBelow);

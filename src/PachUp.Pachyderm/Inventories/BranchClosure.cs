using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Computes the full provenance of branches from their direct provenance. Servers report both, streams only the direct provenance.</summary>
/// <param name="branches">All branches, each with its direct provenance.</param>
public sealed class BranchClosure(IEnumerable<(BranchName Branch, ImmutableArray<BranchName> DirectProvenance)> branches)
{
    private readonly Dictionary<BranchName, ImmutableArray<BranchName>> _direct =
        branches.ToDictionary(branch => branch.Branch, branch => branch.DirectProvenance);

    /// <summary>The branches of a cluster.</summary>
    public static BranchClosure Of(ClusterInventory cluster) => new(cluster.Repos.SelectMany(repo =>
        repo.Branches.Select(branch => (new BranchName(repo.Name, branch.Name), branch.DirectProvenance))));

    /// <summary>The full provenance of a branch, direct and indirect, sorted.</summary>
    public ImmutableArray<BranchName> Of(BranchName branch)
    {
        var found = new SortedSet<BranchName>();
        var open = new Stack<BranchName>([branch]);
        while (open.TryPop(out var next))
        {
            foreach (var origin in _direct.GetValueOrDefault(next, []).Where(found.Add))
            {
                open.Push(origin);
            }
        }

        return [.. found];
    }
}

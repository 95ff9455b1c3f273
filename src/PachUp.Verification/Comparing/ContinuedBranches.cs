using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>Branches that the target continues by itself, for example with the ticks of cron inputs.</summary>
/// <param name="expectedTarget">The expected state.</param>
/// <param name="actual">The actual state.</param>
internal sealed class ContinuedBranches(ExpectedTarget expectedTarget, ClusterInventory actual)
{
    /// <summary>The expected state, in which each such branch has the head that the target has added on top of the expected one.</summary>
    public ClusterInventory Expected { get; } = expectedTarget.ContinuedBranches.IsEmpty
        ? expectedTarget.Inventory
        : expectedTarget.Inventory with { Repos = [.. expectedTarget.Inventory.Repos.Select(repo => WithHeads(repo, expectedTarget.ContinuedBranches, actual.FindRepo(repo.Name)))] };

    /// <summary>Whether the target made a commit to continue a branch.</summary>
    public bool HasMade(InventoryItem added) =>
        added.Kind is ItemKind.Branch or ItemKind.Commit && expectedTarget.ContinuedBranches.Any(branch => added.Name.StartsWith(branch.Repo + "@", StringComparison.Ordinal));

    private static RepoInventory WithHeads(RepoInventory expected, ImmutableHashSet<BranchName> continued, RepoInventory? actual) => actual is null
        ? expected
        : expected with
        {
            Branches =
            [
                .. expected.Branches.Select(branch =>
                    continued.Contains(new BranchName(expected.Name, branch.Name)) && actual.FindBranch(branch.Name)?.Head is { } head && Descends(actual, head, branch.Head)
                        ? branch with { Head = head }
                        : branch),
            ],
        };

    private static bool Descends(RepoInventory repo, string? commit, string? ancestor)
    {
        while (commit is not null && commit != ancestor)
        {
            commit = repo.FindCommit(commit)?.Parent;
        }

        return commit == ancestor;
    }
}

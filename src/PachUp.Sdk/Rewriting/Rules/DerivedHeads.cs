using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk.Rewriting.Rules;

/// <summary>
/// A branch with provenance gets a new open commit in the target, unless its head names the heads of all branches it is computed from. It
/// did so on the source too, which is why its head there may have been open.
/// </summary>
public sealed class DerivedHeads : IRule
{
    private const string Rule = "derived-head";

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var renewed = draft.Carried.Repos
            .SelectMany(repo => repo.Branches.Where(branch => IsRenewed(draft, repo, branch)).Select(branch => new BranchName(repo.Name, branch.Name)))
            .ToList();
        return draft.Announce(renewed.Select(Announcement)) with { RenewedBranches = draft.RenewedBranches.Union(renewed) };
    }

    private static AnnouncedChange Announcement(BranchName branch) => new(
        ChangeKind.Recomputed,
        Items.Branch(branch.Repo, branch.Branch),
        Rule,
        "its head is not computed from the heads that its provenance has in the target, so the target opens a new commit on it");

    private static bool IsRenewed(Draft draft, RepoInventory repo, BranchInventory branch)
    {
        if (branch.Provenance.IsEmpty)
        {
            return false;
        }

        var head = repo.Commits.FirstOrDefault(commit => commit.Id == branch.Head);
        var named = head?.Provenance.Select(origin => (origin.Repo, origin.Commit)).ToHashSet() ?? [];
        return branch.Provenance.Any(origin => !HeadIsNamed(draft, origin, named));
    }

    private static bool HeadIsNamed(Draft draft, BranchName origin, HashSet<(string Repo, string Commit)> named) =>
        draft.OutputRepos.Contains(origin.Repo)
            ? HasNoOutputYet(draft.Source, origin.Repo)
            : draft.Carried.FindRepo(origin.Repo)?.FindBranch(origin.Branch)?.Head is not { } head || named.Contains((origin.Repo, head));

    /// <summary>A stopped pipeline opens no commit; one that runs may, and its id cannot be known.</summary>
    private static bool HasNoOutputYet(ClusterInventory source, string pipeline) => source.FindPipeline(pipeline)!.Stopped;
}

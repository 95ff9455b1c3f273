using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Rewriting.Drafts;

/// <summary>
/// Removes commits and all their descendants from the draft: no pachd builds a commit on an unfinished parent. Branches that pointed at a removed
/// commit then point at its nearest ancestor that is not removed.
/// </summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="CannotTravel">Selects the commits that cannot be sent.</param>
/// <param name="Why">The reason.</param>
public sealed record CommitRemoval(string Rule, Func<CommitInventory, bool> CannotTravel, string Why)
{
    /// <summary>Removes the commits and announces each of them.</summary>
    public Draft Apply(Draft draft)
    {
        var changes = ImmutableArray.CreateBuilder<AnnouncedChange>();
        var shortened = draft.WithRepos(repo => repo.Commits.Any(CannotTravel) ? Shorten(repo, changes) : repo);
        return shortened.WithProbesOfHeads().Announce(changes);
    }

    private RepoInventory Shorten(RepoInventory repo, ImmutableArray<AnnouncedChange>.Builder changes)
    {
        var lineage = new Lineage(repo, CannotTravel);
        changes.AddRange(repo.Commits.Where(commit => lineage.IsGone(commit.Id)).Select(commit => LeftOut(repo, commit, lineage)));
        changes.AddRange(repo.Branches.Where(branch => lineage.IsGone(branch.Head)).Select(branch => Moved(repo, branch, lineage)));
        return repo with
        {
            Commits = [.. repo.Commits.Where(commit => !lineage.IsGone(commit.Id))],
            Branches = [.. repo.Branches.Select(branch => branch with { Head = lineage.NearestKept(branch.Head) })],
        };
    }

    private AnnouncedChange LeftOut(RepoInventory repo, CommitInventory commit, Lineage lineage)
    {
        var culprit = lineage.CulpritOf(commit.Id);
        return new AnnouncedChange(
            ChangeKind.LeftOut, Items.Commit(repo.Name, commit.Id), Rule, culprit == commit.Id ? Why : $"its ancestor {culprit} is left out: {Why}");
    }

    private AnnouncedChange Moved(RepoInventory repo, BranchInventory branch, Lineage lineage) => new(
        ChangeKind.Changed,
        Items.Branch(repo.Name, branch.Name, $"head {branch.Head} -> {lineage.NearestKept(branch.Head) ?? "none"}"),
        Rule,
        "its head is left out");
}

using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Drops provenance that names commits which are not carried: the target does not have them under the same id. Specs are committed again, outputs
/// are computed again.
/// </summary>
public sealed class CommitProvenance : IRule
{
    private const string Rule = "commit-provenance";

    /// <summary>Whether the stream has the commits of specs, so that they arrive under their ids: from 1.9.6 on. Default: no.</summary>
    public bool SpecsTravel { get; init; }

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var carried = draft.Carried.Repos.SelectMany(repo => repo.Commits.Select(commit => (repo.Name, commit.Id))).ToHashSet();
        var changes = ImmutableArray.CreateBuilder<AnnouncedChange>();
        return draft
            .WithRepos(repo => repo with { Commits = [.. repo.Commits.Select(commit => Keep(repo, commit, carried, changes))] })
            .WithRepos(repo => SpecsTravel ? repo : repo with { Branches = [.. repo.Branches.Select(WithoutSpecs)] })
            .Announce(changes);
    }

    private CommitInventory Keep(
        RepoInventory repo, CommitInventory commit, HashSet<(string Repo, string Id)> carried, ImmutableArray<AnnouncedChange>.Builder changes)
    {
        if (commit.Provenance.IsEmpty)
        {
            return commit;
        }

        bool IsCarried(CommitProvenanceInventory origin) => carried.Contains((origin.Repo, origin.Commit)) || SpecCommits.IsNamed(origin) || (SpecsTravel && origin.Repo == BranchName.SpecRepo);

        var kept = commit.Provenance.Where(origin => IsCarried(origin) && BranchOf(origin, repo).Length > 0).ToList();
        var dropped = commit.Provenance.Except(kept).Where(origin => origin.Repo != BranchName.SpecRepo).ToList();
        if (dropped.Count > 0)
        {
            changes.Add(Announcement(repo, commit, dropped));
        }

        return commit with { Provenance = [.. kept.Select(origin => origin with { Branch = BranchOf(origin, repo) })] };
    }

    private static AnnouncedChange Announcement(RepoInventory repo, CommitInventory commit, IEnumerable<CommitProvenanceInventory> dropped) => new(
        ChangeKind.Changed,
        Items.Commit(repo.Name, commit.Id, Dropped(dropped)),
        Rule,
        "the target does not have those commits under these ids");

    /// <summary>The branch that the target needs for a commit's provenance; empty if none is known.</summary>
    private static string BranchOf(CommitProvenanceInventory origin, RepoInventory repo) => origin.Branch.Length > 0
        ? origin.Branch
        : repo.Branches.SelectMany(branch => branch.Provenance).FirstOrDefault(name => name.Repo == origin.Repo).Branch ?? "";

    /// <summary>The detail about dropped provenance.</summary>
    internal static string Dropped(IEnumerable<CommitProvenanceInventory> origins) =>
        $"provenance {string.Join(", ", origins.Select(origin => $"{origin.Repo}@{origin.Commit}"))} dropped";

    /// <summary>The pipelines that the target creates commit their specs again.</summary>
    internal static BranchInventory WithoutSpecs(BranchInventory branch) => branch with
    {
        DirectProvenance = [.. branch.DirectProvenance.Where(origin => !origin.IsSpec)],
        Provenance = [.. branch.Provenance.Where(origin => !origin.IsSpec)],
    };
}

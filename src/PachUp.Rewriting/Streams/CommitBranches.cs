using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Streams;

/// <summary>
/// The branch on which each commit is built; empty for none. Building a commit on a branch moves the branch; later branch operations correct this. A
/// commit with provenance is built on no branch: a server may refuse it if the branch does not have that provenance yet.
/// </summary>
internal sealed class CommitBranches(MigrationDecisions decisions)
{
    private const string Master = "master";

    private readonly Dictionary<string, RepoInventory> _repos = decisions.Carried.Repos.ToDictionary(repo => repo.Name);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _placesByRepo = [];

    /// <summary>The branch of a commit that is in the stream.</summary>
    public string OfStreamed(string repo, string inStream, CommitInventory commit)
    {
        if (OutputBranchOfSpout(repo) is not null || !commit.Provenance.IsEmpty)
        {
            return OfAdded(repo, commit);
        }

        // 1.9.0 sets the size of a repo when a commit is built on master, but not when master is moved.
        var branch = BranchIn(repo, Master)?.Head == commit.Id ? Master : BranchNames.For(decisions.Target, inStream);
        return BranchIn(repo, branch) is null ? "" : branch;
    }

    /// <summary>The branch of a commit that is not in the stream: a branch whose head descends from it.</summary>
    public string OfAdded(string repo, CommitInventory commit) => commit.Provenance.IsEmpty ? PlacesIn(repo).GetValueOrDefault(commit.Id, "") : "";

    /// <summary>
    /// Whether the commits alone give a branch its head. This is so for the output branch of a spout: a branch operation would remove its provenance
    /// (its spec in 1.9.0; later releases have none).
    /// </summary>
    public bool IsPlacedByCommit(RepoItem<BranchInventory> branch) =>
        OutputBranchOfSpout(branch.Repo) == branch.Item.Name
        && (branch.Item.Head is not { } head || PlacesIn(branch.Repo).GetValueOrDefault(head) == branch.Item.Name);

    private BranchInventory? BranchIn(string repo, string branch) => _repos.GetValueOrDefault(repo)?.FindBranch(branch);

    private string? OutputBranchOfSpout(string repo) => decisions.Carried.FindPipeline(repo) is { Info: { Spout: not null } spout } ? spout.OutputBranch : null;

    private IReadOnlyDictionary<string, string> PlacesIn(string repo)
    {
        if (!_placesByRepo.TryGetValue(repo, out var places))
        {
            _placesByRepo[repo] = places = Place(_repos[repo]);
        }

        return places;
    }

    /// <summary>Assigns to each branch the ancestors of its head that no earlier branch has; main branches come first.</summary>
    private Dictionary<string, string> Place(RepoInventory repo)
    {
        var commits = repo.Commits.ToDictionary(commit => commit.Id);
        var places = new Dictionary<string, string>();
        var main = OutputBranchOfSpout(repo.Name) ?? Master;
        foreach (var branch in repo.Branches.OrderByDescending(branch => branch.Name == main))
        {
            var next = branch.Head is { } head ? commits.GetValueOrDefault(head) : null;
            while (next is not null && places.TryAdd(next.Id, branch.Name))
            {
                next = next.Parent is { } parent ? commits.GetValueOrDefault(parent) : null;
            }
        }

        return places;
    }
}

using PachUp.Pachyderm.Inventories;

namespace PachUp.Plugins.Pachyderm18To19.Rewriting;

/// <summary>
/// On which branch each commit is built; empty for on none. Building a commit on a branch moves the branch, which the branch operations that
/// follow put right. A commit with provenance is built on none: 1.9 may refuse it where the branch does not have that provenance yet.
/// </summary>
internal sealed class CommitBranches(ClusterInventory carried)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _placesByRepo = [];

    /// <summary>The branch of a commit that is in the stream.</summary>
    public string OfStreamed(string repo, string inStream, CommitInventory commit)
    {
        if (IsSpout(repo) || !commit.Provenance.IsEmpty)
        {
            return OfAdded(repo, commit);
        }

        var branch = BranchNames.Allowed(inStream);
        return carried.FindRepo(repo)?.FindBranch(branch) is null ? "" : branch;
    }

    /// <summary>The branch of a commit that is not in the stream: one that leads to it.</summary>
    public string OfAdded(string repo, CommitInventory commit) => commit.Provenance.IsEmpty ? PlacesIn(repo).GetValueOrDefault(commit.Id, "") : "";

    /// <summary>
    /// Whether a branch gets its head by the commits alone. So it is with the output branch of a spout, whose provenance (1.9.0 gives it its
    /// spec, later releases none) an operation of its own would take away.
    /// </summary>
    public bool IsPlacedByCommit(RepoItem<BranchInventory> branch) =>
        carried.FindPipeline(branch.Repo) is { Info: { Spout: not null } spout } && spout.OutputBranch == branch.Item.Name
        && (branch.Item.Head is not { } head || PlacesIn(branch.Repo).GetValueOrDefault(head) == branch.Item.Name);

    private bool IsSpout(string repo) => carried.FindPipeline(repo)?.Info.Spout is not null;

    private IReadOnlyDictionary<string, string> PlacesIn(string repo)
    {
        if (!_placesByRepo.TryGetValue(repo, out var places))
        {
            _placesByRepo[repo] = places = carried.FindRepo(repo) is { } known ? Place(known) : new Dictionary<string, string>();
        }

        return places;
    }

    private Dictionary<string, string> Place(RepoInventory repo)
    {
        var commits = repo.Commits.ToDictionary(commit => commit.Id);
        var places = new Dictionary<string, string>();
        var output = carried.FindPipeline(repo.Name)?.Info.OutputBranch;
        foreach (var branch in repo.Branches.OrderByDescending(branch => branch.Name == output))
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

using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Streams;

/// <summary>What has to be sent and was not sent yet. Everything is returned only once.</summary>
internal sealed class PendingItems(MigrationDecisions decisions)
{
    private readonly Dictionary<string, RepoInventory> _repos = decisions.Carried.Repos.ToDictionary(repo => repo.Name);

    private readonly Dictionary<(string Repo, string Id), CommitInventory> _commits =
        AllCommits(decisions.Carried).ToDictionary(commit => (commit.Repo, commit.Item.Id), commit => commit.Item);

    private readonly Dictionary<(string Repo, string Name), BranchInventory> _branches =
        AllBranches(decisions.Carried).ToDictionary(branch => (branch.Repo, branch.Item.Name), branch => branch.Item);

    public RepoInventory? TakeRepo(string name) => _repos.Remove(name, out var repo) ? repo : null;

    /// <summary>A commit; null if it is not sent, or has to wait for other commits.</summary>
    public CommitInventory? TakeCommit(string repo, string id) =>
        _commits.TryGetValue((repo, id), out var commit) && !DependenciesOf(new(repo, commit)).Any(_commits.ContainsKey) && _commits.Remove((repo, id))
            ? commit
            : null;

    /// <summary>A branch; null if it is not sent, or has to wait for its head.</summary>
    public BranchInventory? TakeBranch(string repo, string name) =>
        _branches.TryGetValue((repo, name), out var branch) && !(branch.Head is { } head && _commits.ContainsKey((repo, head))) && _branches.Remove((repo, name))
            ? branch
            : null;

    /// <summary>All remaining repos.</summary>
    public IReadOnlyList<RepoInventory> TakeRepos() => [.. decisions.Carried.Repos.Where(repo => _repos.Remove(repo.Name))];

    /// <summary>All remaining commits, after their parents and the commits in their provenance.</summary>
    public IReadOnlyList<RepoItem<CommitInventory>> TakeCommits() => DependencyOrder.Sort(
        [.. AllCommits(decisions.Carried).Where(commit => _commits.Remove((commit.Repo, commit.Item.Id)))],
        commit => (commit.Repo, commit.Item.Id),
        DependenciesOf);

    /// <summary>All remaining branches.</summary>
    public IReadOnlyList<RepoItem<BranchInventory>> TakeBranches() =>
        [.. AllBranches(decisions.Carried).Where(branch => _branches.Remove((branch.Repo, branch.Item.Name)))];

    private static IEnumerable<RepoItem<CommitInventory>> AllCommits(ClusterInventory cluster) =>
        cluster.Repos.SelectMany(repo => repo.Commits.Select(commit => new RepoItem<CommitInventory>(repo.Name, commit)));

    private static IEnumerable<RepoItem<BranchInventory>> AllBranches(ClusterInventory cluster) =>
        cluster.Repos.SelectMany(repo => repo.Branches.Select(branch => new RepoItem<BranchInventory>(repo.Name, branch)));

    private static IEnumerable<(string Repo, string Id)> DependenciesOf(RepoItem<CommitInventory> commit)
    {
        var parent = commit.Item.Parent is { } id ? [(commit.Repo, id)] : Array.Empty<(string, string)>();
        return parent.Concat(commit.Item.Provenance.Select(origin => (origin.Repo, origin.Commit)));
    }
}

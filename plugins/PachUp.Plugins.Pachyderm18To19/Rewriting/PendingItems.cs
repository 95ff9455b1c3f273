using PachUp.Pachyderm.Inventories;

namespace PachUp.Plugins.Pachyderm18To19.Rewriting;

/// <summary>What is decided to be sent and has not been sent yet. Everything is handed out once.</summary>
internal sealed class PendingItems
{
    private readonly OrderedDictionary<string, RepoInventory> _repos = [];
    private readonly OrderedDictionary<(string Repo, string Id), CommitInventory> _commits = [];
    private readonly OrderedDictionary<(string Repo, string Name), BranchInventory> _branches = [];

    public PendingItems(MigrationDecisions decisions)
    {
        foreach (var repo in decisions.Carried.Repos)
        {
            _repos.Add(repo.Name, repo);
            foreach (var commit in repo.Commits)
            {
                _commits.Add((repo.Name, commit.Id), commit);
            }

            foreach (var branch in repo.Branches)
            {
                _branches.Add((repo.Name, branch.Name), branch);
            }
        }
    }

    public RepoInventory? TakeRepo(string name) => _repos.Remove(name, out var repo) ? repo : null;

    public CommitInventory? TakeCommit(string repo, string id) => _commits.Remove((repo, id), out var commit) ? commit : null;

    public BranchInventory? TakeBranch(string repo, string name) => _branches.Remove((repo, name), out var branch) ? branch : null;

    /// <summary>All other repos.</summary>
    public IReadOnlyList<RepoInventory> TakeRepos() => TakeAll(_repos, (_, repo) => repo);

    /// <summary>All other commits, after their parents and the commits they are computed from.</summary>
    public IReadOnlyList<RepoItem<CommitInventory>> TakeCommits()
    {
        var commits = TakeAll(_commits, (key, commit) => new RepoItem<CommitInventory>(key.Repo, commit));
        return DependencyOrder.Sort(commits, commit => (commit.Repo, commit.Item.Id), DependenciesOf);
    }

    /// <summary>All other branches.</summary>
    public IReadOnlyList<RepoItem<BranchInventory>> TakeBranches() => TakeAll(_branches, (key, branch) => new RepoItem<BranchInventory>(key.Repo, branch));

    private static IEnumerable<(string Repo, string Id)> DependenciesOf(RepoItem<CommitInventory> commit)
    {
        var parent = commit.Item.Parent is { } id ? [(commit.Repo, id)] : Array.Empty<(string, string)>();
        return parent.Concat(commit.Item.Provenance.Select(origin => (origin.Repo, origin.Commit)));
    }

    private static List<TItem> TakeAll<TKey, TValue, TItem>(OrderedDictionary<TKey, TValue> pending, Func<TKey, TValue, TItem> item)
        where TKey : notnull
    {
        var all = pending.Select(entry => item(entry.Key, entry.Value)).ToList();
        pending.Clear();
        return all;
    }
}

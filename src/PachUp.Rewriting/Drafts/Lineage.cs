using PachUp.Pachyderm.Inventories;

namespace PachUp.Rewriting.Drafts;

/// <summary>Which commits of a repo go when some cannot stay: those, and everything that descends from them.</summary>
internal sealed class Lineage
{
    private readonly Dictionary<string, CommitInventory> _commits;
    private readonly Dictionary<string, string?> _culprits = [];
    private readonly Func<CommitInventory, bool> _cannotStay;

    public Lineage(RepoInventory repo, Func<CommitInventory, bool> cannotStay)
    {
        _commits = repo.Commits.ToDictionary(commit => commit.Id);
        _cannotStay = cannotStay;
        foreach (var commit in repo.Commits)
        {
            Decide(commit);
        }
    }

    public bool IsGone(string? id) => id is not null && CulpritOf(id) is not null;

    /// <summary>The commit itself or the nearest ancestor that cannot stay; null where all can.</summary>
    public string? CulpritOf(string id) => _culprits.GetValueOrDefault(id);

    /// <summary>The commit itself or its nearest ancestor that stays; null where none does.</summary>
    public string? NearestKept(string? id)
    {
        while (IsGone(id))
        {
            id = _commits[id!].Parent;
        }

        return id;
    }

    /// <summary>
    /// Walks up to the first ancestor that is decided, then decides everything on the way: histories are long, so each commit is visited once.
    /// </summary>
    private void Decide(CommitInventory commit)
    {
        var undecided = new Stack<CommitInventory>();
        for (var next = commit; next is not null && !_culprits.ContainsKey(next.Id); next = ParentOf(next))
        {
            undecided.Push(next);
        }

        while (undecided.TryPop(out var next))
        {
            _culprits[next.Id] = _cannotStay(next) ? next.Id : next.Parent is { } parent ? CulpritOf(parent) : null;
        }
    }

    private CommitInventory? ParentOf(CommitInventory commit) => commit.Parent is { } parent ? _commits.GetValueOrDefault(parent) : null;
}

using PachUp.Pachyderm.Inventories;

namespace PachUp.Rewriting.Drafts;

/// <summary>Tells which commits of a repo are removed if some cannot be carried: these and all their descendants.</summary>
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

    /// <summary>The commit itself or its nearest ancestor that cannot be carried; null if all can.</summary>
    public string? CulpritOf(string id) => _culprits.GetValueOrDefault(id);

    /// <summary>The commit itself or its nearest ancestor that is carried; null if there is none.</summary>
    public string? NearestKept(string? id)
    {
        while (IsGone(id))
        {
            id = _commits[id!].Parent;
        }

        return id;
    }

    /// <summary>
    /// Walks up to the first ancestor that is decided, then decides every commit on the way. Histories are long, so each commit is visited only once.
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

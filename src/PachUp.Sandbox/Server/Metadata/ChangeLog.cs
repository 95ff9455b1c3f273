namespace PachUp.Sandbox.Server.Metadata;

/// <summary>The changes of the current transaction, with their revision, so that they can be undone.</summary>
internal sealed class ChangeLog
{
    private readonly List<Change> _changes = [];

    /// <summary>The number of the current transaction. All its changes have this revision.</summary>
    public long Revision { get; private set; }

    /// <summary>The changes of the current transaction, in order.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Makes the next transaction's number higher than a stored one.</summary>
    public void ContinueAfter(long revision) => Revision = Math.Max(Revision, revision);

    public void Begin()
    {
        Revision++;
        _changes.Clear();
    }

    public void Record(Change change) => _changes.Add(change);

    public void RollBack()
    {
        foreach (var change in Enumerable.Reverse(_changes))
        {
            change.Undo();
        }

        _changes.Clear();
    }
}

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>The revision that changes get, what the transaction under way changed, and how to take that back.</summary>
internal sealed class ChangeLog
{
    private readonly List<Change> _changes = [];

    /// <summary>The number of the transaction under way; what one transaction makes has the same.</summary>
    public long Revision { get; private set; }

    /// <summary>What the transaction under way changed, in its order.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Lets the next transaction have a higher number than one that was kept.</summary>
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

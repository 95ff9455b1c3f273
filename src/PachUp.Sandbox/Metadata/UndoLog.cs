namespace PachUp.Sandbox.Metadata;

/// <summary>The revision that changes get, and how to take the changes of a failed transaction back.</summary>
internal sealed class UndoLog
{
    private readonly Stack<Action> _undo = new();

    /// <summary>The number of the transaction under way; what one transaction makes has the same.</summary>
    public long Revision { get; private set; }

    /// <summary>Whether the transaction under way changed anything.</summary>
    public bool HasChanges => _undo.Count > 0;

    public void Begin()
    {
        Revision++;
        _undo.Clear();
    }

    public void Record(Action undo) => _undo.Push(undo);

    public void RollBack()
    {
        while (_undo.TryPop(out var undo))
        {
            undo();
        }
    }
}

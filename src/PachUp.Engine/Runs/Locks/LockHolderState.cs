namespace PachUp.Engine.Runs.Locks;

/// <summary>The state of the process that holds a lock.</summary>
internal enum LockHolderState
{
    /// <summary>It runs.</summary>
    Lives,

    /// <summary>It has ended. Its lock is stale.</summary>
    Gone,

    /// <summary>Unknown, because it is on another machine.</summary>
    Unknown,
}

namespace PachUp.Engine.Runs.Locks;

/// <summary>What is known of a process that holds a lock.</summary>
internal enum HolderState
{
    /// <summary>It runs.</summary>
    Lives,

    /// <summary>It has ended: its lock is stale.</summary>
    Gone,

    /// <summary>It is on another machine, so nobody here can say.</summary>
    Unknown,
}

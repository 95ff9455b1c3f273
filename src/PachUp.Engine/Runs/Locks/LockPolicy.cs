using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Decides whether a run may take over the lock of another run.</summary>
/// <param name="mayBreak">Whether to break a lock whose holder is on another machine.</param>
/// <param name="tell">Receives a message about the lock that was taken over.</param>
internal sealed class LockPolicy(bool mayBreak, Action<string> tell)
{
    /// <summary>Returns if the lock may be taken over.</summary>
    /// <param name="holder">The holder of the lock.</param>
    /// <param name="place">The place of the lock, for messages.</param>
    /// <exception cref="ClusterLockedException">The holder runs or may run.</exception>
    public void TakeOver(LockHolder holder, string place)
    {
        var state = LockHolderProcess.StateOf(holder);
        if (state == LockHolderState.Lives || (state == LockHolderState.Unknown && !mayBreak))
        {
            throw ClusterLockedException.Of(holder, place, state);
        }

        if (state == LockHolderState.Gone)
        {
            TellEnded(holder);
        }
        else
        {
            tell($"Broke the lock of run {holder.Run} because of --break-lock. PachUp cannot see whether process {holder.ProcessId} on {holder.Host} has ended.");
        }
    }

    /// <summary>Tells that the process of another run has ended without releasing its lock.</summary>
    /// <param name="holder">The holder of the lock.</param>
    public void TellEnded(LockHolder holder) => tell($"Took over the lock of run {holder.Run}: its process {holder.ProcessId} has ended.");
}

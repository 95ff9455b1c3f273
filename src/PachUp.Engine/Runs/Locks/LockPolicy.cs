using PachUp.Sdk;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Decides what becomes of a lock that somebody else wrote.</summary>
/// <param name="mayBreak">Whether somebody said that a holder who cannot be seen from here is gone.</param>
/// <param name="tell">Told what was done about it.</param>
internal sealed class LockPolicy(bool mayBreak, Action<string> tell)
{
    /// <summary>Returns where the lock may be taken over.</summary>
    /// <param name="holder">Who wrote it.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <exception cref="ClusterLockedException">The holder lives, or may live.</exception>
    public void TakeOver(LockHolder holder, string place)
    {
        var state = HolderProcess.StateOf(holder);
        if (state == HolderState.Lives || (state == HolderState.Unknown && !mayBreak))
        {
            throw ClusterLockedException.Of(holder, place, state);
        }

        tell(state == HolderState.Gone
            ? $"The lock of run {holder.Run} was left behind by process {holder.ProcessId}, which has ended; it is taken over."
            : $"The lock of run {holder.Run} is broken, as you said. Whether process {holder.ProcessId} on {holder.Host} has ended cannot be seen from here.");
    }
}

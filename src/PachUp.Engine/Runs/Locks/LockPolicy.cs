using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Decides whether a run may take over the lock of a process that has ended or may have ended.</summary>
/// <param name="taker">The run that wants the lock.</param>
/// <param name="mayBreak">Whether to break the lock of another run that did not end, or whose process is on another machine.</param>
/// <param name="tell">Receives a message about each run whose locks were taken over.</param>
internal sealed class LockPolicy(LockHolder taker, bool mayBreak, Action<string> tell)
{
    private readonly HashSet<LockHolder> _told = [];
    private readonly Dictionary<LockHolder, LockHolderState> _known = [];

    /// <summary>Notes the state of a process that this machine cannot see.</summary>
    public void Learn(LockHolder holder, LockHolderState state) => _known[holder] = state;

    /// <summary>Returns if the lock may be taken over.</summary>
    /// <param name="holder">The holder of the lock.</param>
    /// <param name="place">The place of the lock, for messages.</param>
    /// <param name="known">The state of its process, if the place of the lock tells it; null to look for the process.</param>
    /// <returns>Whether the lock is broken: the run of the holder did not end.</returns>
    /// <exception cref="ClusterLockedException">The holder runs or may run, or it left the lock because its run did not end.</exception>
    public bool TakeOver(LockHolder holder, string place, LockHolderState? known = null)
    {
        if (holder.Equals(taker))
        {
            return false;
        }

        var state = known ?? (_known.TryGetValue(holder, out var learned) ? learned : LockHolderProcess.StateOf(holder));
        if (state == LockHolderState.Lives || (state == LockHolderState.Unknown && !mayBreak))
        {
            throw ClusterLockedException.Of(holder, place, state);
        }

        var isBroken = holder.Run != taker.Run && !UnfinishedWork.HasEnded(holder) && !UnfinishedWork.HasNoRecord(holder);
        if (isBroken && !mayBreak)
        {
            throw ClusterLockedException.OfLeft(holder, place);
        }

        if (_told.Add(holder))
        {
            tell(Describe(holder, state, isBroken));
        }

        return isBroken;
    }

    private static string Describe(LockHolder holder, LockHolderState state, bool isBroken) => (state, isBroken) switch
    {
        (LockHolderState.Unknown, _) =>
            $"Broke the lock of run {holder.Run} because of --break-lock. PachUp cannot see whether process {holder.ProcessId} on {holder.Host} has ended.",
        (_, true) => $"Broke the lock of run {holder.Run}, which did not end, because of --break-lock.",
        _ => $"Took over the lock of run {holder.Run}: its process {holder.ProcessId} on {holder.Host} has ended.",
    };
}

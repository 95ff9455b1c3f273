using System.Diagnostics;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Locks;

/// <summary>This process as a holder of locks, and what has become of others.</summary>
internal static class HolderProcess
{
    /// <summary>How far two readings of one process's start may be apart: the system counts in ticks from a boot time that it works out anew.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static LockHolder Current(RunDirectory run, TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return new LockHolder
        {
            Run = run.Id,
            RunDirectory = run.Path,
            User = Environment.UserName,
            Host = Environment.MachineName,
            ProcessId = process.Id,
            ProcessStarted = process.StartTime.ToUniversalTime(),
            Since = time.GetUtcNow(),
        };
    }

    public static HolderState StateOf(LockHolder holder)
    {
        if (holder.Host != Environment.MachineName)
        {
            return HolderState.Unknown;
        }

        return StartOf(holder.ProcessId) is { } started && (started - holder.ProcessStarted).Duration() < Tolerance ? HolderState.Lives : HolderState.Gone;
    }

    private static DateTimeOffset? StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // How the system says that there is no such process, or that it ended while being asked.
            return null;
        }
    }
}

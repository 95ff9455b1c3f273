using System.Diagnostics;
using PachUp.Engine.State;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Describes this process as a lock holder, and finds out whether another holder still runs.</summary>
internal static class LockHolderProcess
{
    /// <summary>The tolerance between two readings of the start time of a process. The system computes it from the boot time, which is not exact.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static LockHolder Current(RunDirectory run, TimeProvider time, LockOptions locks)
    {
        using var process = Process.GetCurrentProcess();
        return new LockHolder
        {
            Run = run.Id,
            RunDirectory = run.Path,
            User = Environment.UserName,
            Host = Environment.MachineName,
            Job = JobOfProcess.Name,
            ProcessId = process.Id,
            ProcessStarted = process.StartTime.ToUniversalTime(),
            Since = time.GetUtcNow(),
            LockDirectory = locks.OtherDirectory ?? "",
        };
    }

    public static LockHolderState StateOf(LockHolder holder)
    {
        if (holder.Host != Environment.MachineName)
        {
            return LockHolderState.Unknown;
        }

        return StartOf(holder.ProcessId) is { } started && (started - holder.ProcessStarted).Duration() < Tolerance ? LockHolderState.Lives : LockHolderState.Gone;
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
            // The process does not exist, or it ended during the call.
            return null;
        }
    }
}

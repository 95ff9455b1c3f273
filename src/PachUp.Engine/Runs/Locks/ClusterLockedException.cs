using System.Globalization;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Another run is working on the cluster.</summary>
public sealed class ClusterLockedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who is working on the cluster.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="holder">The process that holds the lock; null if unknown.</param>
    public ClusterLockedException(string message, string remedy, LockHolder? holder = null)
        : base(message) => (Remedy, Holder) = (remedy, holder);

    /// <summary>The process that holds the lock; null if unknown.</summary>
    public LockHolder? Holder { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    internal static ClusterLockedException Of(LockHolder? holder, string place, LockHolderState state) =>
        new(Describe(holder, place), RemedyFor(holder, state), holder);

    private static string Describe(LockHolder? holder, string place) => holder is null
        ? $"another process has just started to work on this cluster (lock {place})"
        : $"{Describe(holder)} is working on this cluster (lock {place})";

    private static string Describe(LockHolder holder) => string.Create(
        CultureInfo.InvariantCulture,
        $"run {holder.Run}, process {holder.ProcessId} of {holder.User} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC,");

    private static string RemedyFor(LockHolder? holder, LockHolderState state) => (holder, state) switch
    {
        (null, _) => "Try again in a moment. \"pachup runs list\" shows the runs.",
        (_, LockHolderState.Unknown) =>
            $"{Environment.MachineName} cannot see whether that process is still running. Check on {holder.Host} whether process {holder.ProcessId} "
            + "is a pachup process. Only if it is not, use --break-lock.",
        _ => $"Wait until it has ended. Or end it (kill {holder.ProcessId}), and then resume or roll back run {holder.Run} in {holder.RunDirectory}.",
    };
}

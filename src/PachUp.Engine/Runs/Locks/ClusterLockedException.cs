using System.Globalization;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Another run is working on the cluster.</summary>
public sealed class ClusterLockedException : Exception
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">Who is working on the cluster.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="holder">Who holds the lock; null where nobody wrote it down.</param>
    public ClusterLockedException(string message, string remedy, LockHolder? holder = null)
        : base(message) => (Remedy, Holder) = (remedy, holder);

    /// <summary>Who holds the lock; null where nobody wrote it down.</summary>
    public LockHolder? Holder { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    internal static ClusterLockedException Of(LockHolder? holder, string place, HolderState state) =>
        new(Describe(holder, place), RemedyFor(holder, state), holder);

    private static string Describe(LockHolder? holder, string place) => holder is null
        ? $"another process has just begun to work on this cluster (lock {place})"
        : $"{Describe(holder)} is working on this cluster (lock {place})";

    private static string Describe(LockHolder holder) => string.Create(
        CultureInfo.InvariantCulture,
        $"run {holder.Run}, process {holder.ProcessId} of {holder.User} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC,");

    private static string RemedyFor(LockHolder? holder, HolderState state) => (holder, state) switch
    {
        (null, _) => "Try again in a moment; \"pachup runs list\" shows what is going on.",
        (_, HolderState.Unknown) =>
            $"Whether that process still runs cannot be seen from {Environment.MachineName}: look on {holder.Host} whether process {holder.ProcessId} "
            + "is a pachup. Only if it is gone, say --break-lock.",
        _ => $"Wait until it has ended, or end it (kill {holder.ProcessId}) and resume or roll back run {holder.Run}, which is in {holder.RunDirectory}.",
    };
}

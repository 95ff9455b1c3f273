using System.Globalization;
using PachUp.Common.Text;
using PachUp.Engine.State;
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

    /// <summary>Whether a run that did not end left the lock, and no process holds it.</summary>
    public bool IsLeft { get; private init; }

    internal static ClusterLockedException Of(LockHolder? holder, string place, LockHolderState state) =>
        new(Describe(holder, place), RemedyFor(holder, state), holder);

    /// <summary>The lock was left by a run that did not end.</summary>
    internal static ClusterLockedException OfLeft(LockHolder holder, string place) => new(
        $"{Describe(holder)}, did not end, and this cluster is as that run left it (lock {place})",
        $"Go on with it: {CommandFor(holder, "apply --resume")}. Or take it back: {CommandFor(holder, "rollback")}. Or start anew with --break-lock{WhatBreakingMeans(holder)}.",
        holder)
    {
        IsLeft = true,
    };

    private static string CommandFor(LockHolder holder, string command) => holder.Job.Length > 0
        ? $"pachup {command} {holder.Run} --in-cluster --namespace {JobOfProcess.NamespaceOf(holder.Job)}"
        : $"pachup {command} {holder.Run} --state-dir {Path.GetDirectoryName(Path.GetDirectoryName(holder.RunDirectory))}"
            + (holder.LockDirectory.Length > 0 ? $" --lock-dir {holder.LockDirectory}" : "")
            + (holder.Host == Environment.MachineName ? "" : $" (on {holder.Host})");

    private static string WhatBreakingMeans(LockHolder holder) =>
        holder.Pipelines.IsDefaultOrEmpty ? "" : $": then the {Words.Count(holder.Pipelines.Length, "pipeline")} that ran before it count as running";

    private static string Describe(LockHolder? holder, string place) => holder is null
        ? $"another process has just started to work on this cluster (lock {place})"
        : $"{Describe(holder)}, is working on this cluster (lock {place})";

    /// <summary>The run of a lock, its process and its step, in words.</summary>
    internal static string Describe(LockHolder holder) => string.Create(
        CultureInfo.InvariantCulture,
        $"run {holder.Run}, process {holder.ProcessId} of {holder.User} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(StepOf(holder) is { Length: > 0 } step ? $", in step {step}" : "")}");

    /// <summary>The journal is newer than the lock, where this machine can read it.</summary>
    private static string StepOf(LockHolder holder) => UnfinishedWork.TryFindStep(holder) ?? holder.InStep;

    private static string RemedyFor(LockHolder? holder, LockHolderState state) => (holder, state) switch
    {
        (null, _) => "Try again in a moment. \"pachup runs list\" shows the runs.",
        (_, LockHolderState.Unknown) =>
            $"{Environment.MachineName} cannot see whether that process is still running. Check on {holder.Host} whether process {holder.ProcessId} "
            + $"is a pachup process. If it is not, resume or roll back run {holder.Run} in {holder.RunDirectory} there. Only if that is not possible, use --break-lock.",
        (_, _) when holder.Job.Length > 0 =>
            $"Wait until Job {holder.Job} has ended. To watch it: kubectl -n {JobOfProcess.NamespaceOf(holder.Job)} logs --follow {holder.Host}",
        _ => $"Wait until it has ended. Or end it (kill {holder.ProcessId}), and then resume or roll back run {holder.Run} in {holder.RunDirectory}.",
    };
}

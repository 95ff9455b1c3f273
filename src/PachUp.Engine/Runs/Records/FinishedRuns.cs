using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Records;

/// <summary>Finds the run that has already done what a plan asks for, so that the same command twice is not a second migration.</summary>
public static class FinishedRuns
{
    /// <summary>The newest finished run of the same plan with the same settings between the same clusters; null if there is none.</summary>
    /// <param name="request">The plan.</param>
    /// <param name="state">The state directory.</param>
    /// <param name="cancellationToken">Stops the question to the target.</param>
    public static async Task<FinishedRun?> TryFindAsync(PlanRequest request, StateDirectory state, CancellationToken cancellationToken)
    {
        // A backup is made again on purpose.
        var candidate = request.Document.Purpose == PlanPurpose.Backup ? null : state.ListRuns().Reverse().Select(run => TryRead(run, request.Document)).FirstOrDefault(run => run is not null);
        return candidate is not null && await StillHoldsAsync(candidate, request, cancellationToken) ? candidate : null;
    }

    /// <summary>The run, if it is done and its plan is the same; null otherwise. A damaged run is not this one: the commands for runs report it.</summary>
    private static FinishedRun? TryRead(RunDirectory run, PlanDocument document)
    {
        try
        {
            var records = Journal.Read(run.File(RunFiles.Journal));
            var state = RunState.Of(records);
            if (!state.IsDone || state.RollbackStarted)
            {
                return null;
            }

            var (preview, overrides) = (RunRecord.ReadPreview(run), RunRecord.ReadOverrides(run));
            var isSame = preview.PlanSha256 == document.Sha256 && overrides.To == document.Overrides.To && overrides.Set.SequenceEqual(document.Overrides.Set)
                && overrides.Accept.SequenceEqual(document.Overrides.Accept);
            return isSame ? new FinishedRun(run, preview, records[^1].Time) { Cluster = ClusterIdentity.RestoredInto(document, state) ?? preview.Source.ClusterId } : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the plan is between the clusters of the run: the target is the one that the run left there, and the source is the one that it read. A
    /// source that does not answer any more may have been removed after the migration.
    /// </summary>
    private static async Task<bool> StillHoldsAsync(FinishedRun run, PlanRequest request, CancellationToken cancellationToken)
    {
        await using var clusters = await ClusterPair.OpenAsync(request, cancellationToken);
        if (clusters.Target.Address.Identity != run.Plan.Target.Address || !await IsSameSourceAsync(run.Plan, clusters.Source, cancellationToken))
        {
            return false;
        }

        try
        {
            var client = clusters.Target.Connect();
            return await client.GetClusterIdAsync(cancellationToken) == run.Cluster
                && (await client.GetReleaseAsync(cancellationToken)).WithoutSuffix() == run.Plan.TargetRelease.WithoutSuffix();
        }
        catch (PachdException)
        {
            // What is wrong with the target is said by the plan, which asks it next.
            return false;
        }
    }

    private static async Task<bool> IsSameSourceAsync(PlanPreview plan, PlannedCluster source, CancellationToken cancellationToken)
    {
        if (!plan.Purpose.ReadsCluster() || plan.IsInPlace)
        {
            // The backup is one of the settings, and in place the source is gone.
            return true;
        }

        if (source.Address.Identity != plan.Source.Address)
        {
            return false;
        }

        try
        {
            return await source.Connect().GetClusterIdAsync(cancellationToken) == plan.Source.ClusterId;
        }
        catch (PachdException)
        {
            return true;
        }
    }
}

/// <summary>A run that is done.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Ended">When it ended.</param>
public sealed record FinishedRun(RunDirectory Run, PlanPreview Plan, DateTimeOffset Ended)
{
    /// <summary>The id of the cluster that it left at the address of the target; null if it is not known.</summary>
    internal string? Cluster { get; init; }
}

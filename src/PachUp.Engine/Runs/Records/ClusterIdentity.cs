using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Records;

/// <summary>Checks that the addresses of a run still lead to the clusters that the run started with.</summary>
internal static class ClusterIdentity
{
    /// <summary>The clusters that were replaced by other clusters. A cluster that does not answer is not reported here, but by the step that needs it.</summary>
    public static async Task<IReadOnlyList<RunDifference>> FindOthersAsync(PlannedMigration plan, RunState state, CancellationToken cancellationToken)
    {
        var differences = new List<RunDifference>();
        await CompareSourceAsync(plan, state, differences, cancellationToken);

        // Until the restore is done, the target may be redeployed. The restore step checks that it is empty before it sends the first operation.
        if (RestoredInto(plan.Document, state) is { } restored)
        {
            await CompareAsync(plan.Clusters.Target, restored, differences, cancellationToken);
        }

        return differences;
    }

    /// <summary>The same for a rollback, which needs only the source: the target may be gone, or the old cluster may be back at its address.</summary>
    public static async Task<IReadOnlyList<RunDifference>> FindOtherSourceAsync(
        PlannedMigration plan, RunState state, CancellationToken cancellationToken)
    {
        var differences = new List<RunDifference>();
        await CompareSourceAsync(plan, state, differences, cancellationToken);
        return differences;
    }

    /// <summary>The same for a verification, which needs only the target: the source may be gone.</summary>
    public static async Task<IReadOnlyList<RunDifference>> FindOtherTargetAsync(
        PlannedMigration plan, RunState state, CancellationToken cancellationToken)
    {
        var differences = new List<RunDifference>();
        await CompareAsync(plan.Clusters.Target, RestoredInto(plan.Document, state), differences, cancellationToken);
        return differences;
    }

    private static async Task CompareSourceAsync(
        PlannedMigration plan, RunState state, List<RunDifference> differences, CancellationToken cancellationToken)
    {
        if (plan.Preview.Purpose.ReadsCluster() && (!plan.Preview.IsInPlace || !HasBegunToRemoveSource(plan, state)))
        {
            await CompareAsync(plan.Clusters.Source, plan.Preview.Source.ClusterId, differences, cancellationToken);
        }
    }

    private static async Task CompareAsync(
        PlannedCluster cluster, string? expected, List<RunDifference> differences, CancellationToken cancellationToken)
    {
        try
        {
            if (expected is not null && await cluster.Connect().GetClusterIdAsync(cancellationToken) is var found && found != expected)
            {
                differences.Add(new RunDifference($"{cluster.Name} at {cluster.Address}", $"cluster {expected}", $"cluster {found}"));
            }
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unreachable or PachdFailure.ConnectionLost)
        {
            // A cluster that does not answer is not another cluster.
        }
    }

    /// <summary>The id of the cluster that a run restored into; null if no restore is done.</summary>
    public static string? RestoredInto(PlanDocument plan, RunState state) => plan.Steps
        .Where(step => step.Step.Traits.FillsTarget)
        .Select(step => state.Outputs.GetValueOrDefault(step.Id)?.GetValueOrDefault(OutputNames.Cluster))
        .LastOrDefault(cluster => cluster is not null);

    private static bool HasBegunToRemoveSource(PlannedMigration plan, RunState state) => plan.Document.Steps
        .Where(step => step.Step.Traits.RemovesSource)
        .Any(step => state.Steps.GetValueOrDefault(step.Id) is not (StepState.Pending or StepState.Reverted));
}

using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Records;

/// <summary>Sees to it that behind the addresses of a run are the clusters that it was begun with.</summary>
internal static class ClusterIdentity
{
    /// <summary>The clusters that are others by now. One that does not answer is none: the step that needs it will say so.</summary>
    public static async Task<IReadOnlyList<RunDifference>> FindOthersAsync(PlannedMigration plan, RunState state, CancellationToken cancellationToken)
    {
        var differences = new List<RunDifference>();
        await CompareSourceAsync(plan, state, differences, cancellationToken);

        // Until a restore is done its target may still be deployed anew; whether that is empty is looked at before the first operation is sent.
        if (RestoredInto(plan, state) is { } restored)
        {
            await CompareAsync(plan.Clusters.Target, restored, differences, cancellationToken);
        }

        return differences;
    }

    /// <summary>The same for going back, which needs the source alone: a target may be gone, or the old cluster back in its place.</summary>
    public static async Task<IReadOnlyList<RunDifference>> FindOtherSourceAsync(
        PlannedMigration plan, RunState state, CancellationToken cancellationToken)
    {
        var differences = new List<RunDifference>();
        await CompareSourceAsync(plan, state, differences, cancellationToken);
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
            // Nobody there is not somebody else.
        }
    }

    private static string? RestoredInto(PlannedMigration plan, RunState state) => plan.Document.Steps
        .Where(step => step.Step.Traits.FillsTarget)
        .Select(step => state.Outputs.GetValueOrDefault(step.Id)?.GetValueOrDefault(OutputNames.Cluster))
        .LastOrDefault(cluster => cluster is not null);

    private static bool HasBegunToRemoveSource(PlannedMigration plan, RunState state) => plan.Document.Steps
        .Where(step => step.Step.Traits.RemovesSource)
        .Any(step => state.Steps.GetValueOrDefault(step.Id) is not (StepState.Pending or StepState.Reverted));
}

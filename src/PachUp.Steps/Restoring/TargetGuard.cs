using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Restoring;

/// <summary>The last look before the first operation is sent: nothing goes to a cluster that is not the empty target of this plan.</summary>
internal static class TargetGuard
{
    /// <returns>The target as it is.</returns>
    /// <exception cref="StepFailedException">It is another line, the source itself, or not empty.</exception>
    public static async Task<TargetState> CheckAsync(
        PachdClient client, ClusterInventory source, IStepExecution execution, CancellationToken cancellationToken)
    {
        var state = await TargetStates.LookAsync(client, cancellationToken);
        if (state.Release.Line != execution.TargetRelease.Line)
        {
            throw StepFailedException.Refused(
                $"{client.Address} is a {state.Release}, the plan is for {execution.TargetRelease.Line}",
                $"Deploy {execution.TargetRelease} there, then resume the run.");
        }

        if (execution.Purpose.ReadsCluster() && state.ClusterId == source.ClusterId)
        {
            throw StepFailedException.Refused(
                $"{client.Address} is the source cluster itself ({state.ClusterId})",
                "Give the address of the new cluster, deployed on fresh metadata storage.");
        }

        ThrowUnlessEmptyOrOurs(state, client, execution);
        return state;
    }

    private static void ThrowUnlessEmptyOrOurs(TargetState state, PachdClient client, IStepExecution execution)
    {
        if (!state.IsEmpty && !new BatchLedger(execution, state.ClusterId).HasBegun)
        {
            throw StepFailedException.Refused(
                $"the target at {client.Address} is not empty: it has {Words.Count(state.Repos, "repo")} and {Words.Count(state.Pipelines, "pipeline")}",
                "Deploy it on fresh metadata storage, then resume the run.");
        }
    }
}

using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Restoring;

/// <summary>The last check before the first operation is sent: PachUp sends only to the empty target of this plan.</summary>
internal static class TargetGuard
{
    /// <returns>The state of the target.</returns>
    /// <exception cref="StepFailedException">It has another line, is the source itself, or is not empty.</exception>
    public static async Task<TargetState> CheckAsync(
        PachdClient client, ClusterInventory source, IStepExecution execution, CancellationToken cancellationToken)
    {
        var state = await TargetStates.LookAsync(client, cancellationToken);
        if (state.Release.Line != execution.TargetRelease.Line)
        {
            throw StepFailedException.Refused(
                $"the cluster at {client.Address} is {state.Release}, but the plan is for {execution.TargetRelease.Line}",
                $"Deploy {execution.TargetRelease} there, then resume the run.");
        }

        if (execution.Purpose.ReadsCluster() && state.ClusterId == source.ClusterId)
        {
            throw StepFailedException.Refused(
                $"the cluster at {client.Address} is the source cluster itself ({state.ClusterId})",
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

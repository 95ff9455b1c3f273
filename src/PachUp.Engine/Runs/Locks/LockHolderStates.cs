using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Finds out whether the process of a lock still runs: on this machine, or as part of a job of a cluster's platform.</summary>
/// <param name="clusters">The clusters whose platforms may know the job.</param>
internal sealed class LockHolderStates(params IEnumerable<ICluster> clusters)
{
    public async Task<LockHolderState> OfAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        var here = LockHolderProcess.StateOf(holder);
        if (here != LockHolderState.Unknown || holder.Job.Length == 0)
        {
            return here;
        }

        foreach (var cluster in clusters)
        {
            if (await IsRunningAsync(cluster, holder, cancellationToken) is { } runs)
            {
                return runs ? LockHolderState.Lives : LockHolderState.Gone;
            }
        }

        return here;
    }

    private static async Task<bool?> IsRunningAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
    {
        try
        {
            return cluster.Platform is ILockingPlatform platform ? await platform.IsRunningAsync(cluster, holder, cancellationToken) : null;
        }
        catch (StepFailedException)
        {
            // What PachUp may not look at may still run.
            return null;
        }
    }
}

using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// All locks of a run. For each of its clusters there is one in the state directory, one in a directory that all users of the machine
/// share, and one in the cluster itself if its platform supports it. Disposing releases them in reverse order.
/// </summary>
internal sealed class ClusterLocks : IAsyncDisposable
{
    private readonly Stack<Func<Task>> _releases = new();

    private ClusterLocks()
    {
    }

    /// <exception cref="ClusterLockedException">Another run works on one of the clusters.</exception>
    /// <exception cref="LockPlaceException">The shared directory cannot be used, and not all clusters have a lock of their own.</exception>
    /// <exception cref="IOException">The state directory cannot be written.</exception>
    public static async Task<ClusterLocks> TakeAsync(
        PlannedMigration plan, LockHolder holder, StateDirectory state, LockOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var locks = new ClusterLocks();
        try
        {
            var policy = new LockPolicy(options.BreaksUnknown, tell);
            foreach (var id in ClusterIdsOf(plan))
            {
                locks.Keep(LockFile.Take(state.LocksPath, id, holder, policy));
                locks.KeepShared(options.SharedDirectory, id, holder, policy, isOnlyLock: !ClustersOf(plan).All(cluster => cluster.Platform is ILockingPlatform));
            }

            foreach (var cluster in ClustersOf(plan))
            {
                await locks.KeepWithClusterAsync(cluster, holder, policy, tell, cancellationToken);
            }

            return locks;
        }
        catch
        {
            await locks.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_releases.TryPop(out var release))
        {
            await release();
        }
    }

    private static IEnumerable<string> ClusterIdsOf(PlannedMigration plan) =>
        new[] { plan.WorksOn, plan.Preview.Target.ClusterId }.OfType<string>().Distinct();

    private static IEnumerable<ICluster> ClustersOf(PlannedMigration plan) =>
        plan.Preview.IsInPlace ? [plan.Clusters.Source] : [plan.Clusters.Source, plan.Clusters.Target];

    private void Keep(IDisposable file) => _releases.Push(() =>
    {
        file.Dispose();
        return Task.CompletedTask;
    });

    // Not the only lock: the clusters themselves keep locks, which exclude the other users of this machine, too. In a container, no directory may be writable.
    private void KeepShared(string? directory, string id, LockHolder holder, LockPolicy policy, bool isOnlyLock)
    {
        try
        {
            if (directory is not null)
            {
                Keep(OperatingSystem.IsWindows() ? LockFile.Take(directory, id, holder, policy) : MachineLock.Take(directory, id, holder, policy));
            }
        }
        catch (LockPlaceException) when (!isOnlyLock)
        {
        }
    }

    private async Task KeepWithClusterAsync(
        ICluster cluster, LockHolder holder, LockPolicy policy, Action<string> tell, CancellationToken cancellationToken)
    {
        if (cluster.Platform is not ILockingPlatform platform)
        {
            return;
        }

        while (await platform.TryLockAsync(cluster, holder, cancellationToken) is { } other)
        {
            policy.TakeOver(other, $"in the {cluster.Name} cluster at {cluster.Address}");
            await platform.UnlockAsync(cluster, other, cancellationToken);
        }

        _releases.Push(() => GiveBackAsync(platform, cluster, holder, tell));
    }

    // A lock that cannot be released must not hide the result of the run. The next run sees that the holder has ended.
    private static async Task GiveBackAsync(ILockingPlatform platform, ICluster cluster, LockHolder holder, Action<string> tell)
    {
        try
        {
            await platform.UnlockAsync(cluster, holder, CancellationToken.None);
        }
        catch (StepFailedException e)
        {
            tell($"PachUp could not release the lock in the {cluster.Name} cluster: {e.Message}.");
        }
    }
}

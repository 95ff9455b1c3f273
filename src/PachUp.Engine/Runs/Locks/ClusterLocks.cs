using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// All locks that a run takes: on each of its clusters, in the state directory, in the directory that the user's state directories have in common,
/// and with the cluster itself where its platform can keep one. Disposing gives them back, the last one first.
/// </summary>
internal sealed class ClusterLocks : IAsyncDisposable
{
    private readonly Stack<Func<Task>> _releases = new();

    private ClusterLocks()
    {
    }

    /// <exception cref="ClusterLockedException">Another run works on one of the clusters.</exception>
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
                locks.TryKeepShared(options.SharedDirectory, id, holder, policy, tell);
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

    private void Keep(LockFile file) => _releases.Push(() =>
    {
        file.Dispose();
        return Task.CompletedTask;
    });

    private void TryKeepShared(string? directory, string id, LockHolder holder, LockPolicy policy, Action<string> tell)
    {
        try
        {
            if (directory is not null)
            {
                Keep(LockFile.Take(directory, id, holder, policy));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell($"No lock can be kept in \"{directory}\" ({e.Message}), so a run from another state directory would not notice this one.");
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
            policy.TakeOver(other, $"kept with the {cluster.Name} at {cluster.Address}");
            await platform.UnlockAsync(cluster, other, cancellationToken);
        }

        _releases.Push(() => GiveBackAsync(platform, cluster, holder, tell));
    }

    // How the run ended must not be hidden by a lock that stays: the next run sees that its holder is gone.
    private static async Task GiveBackAsync(ILockingPlatform platform, ICluster cluster, LockHolder holder, Action<string> tell)
    {
        try
        {
            await platform.UnlockAsync(cluster, holder, CancellationToken.None);
        }
        catch (StepFailedException e)
        {
            tell($"The lock that is kept with the {cluster.Name} could not be given back: {e.Message}.");
        }
    }
}

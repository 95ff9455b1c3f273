using System.Collections.Immutable;
using System.Runtime.Versioning;
using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// All locks of a run. For each of its clusters there is one in the state directory, one in a directory that all users of the machine
/// share, and one in the cluster itself if its platform supports it. Disposing releases them in reverse order, or leaves them if the run has changed a cluster
/// and did not end. A run that only reads puts back the locks that it has broken: what their run stopped is still stopped.
/// </summary>
internal sealed class ClusterLocks : IAsyncDisposable
{
    private readonly Stack<(Func<Task> Release, Action Leave)> _held = new();
    private readonly List<(ILockingPlatform Platform, ICluster Cluster, LockHolder Holder)> _inClusters = [];
    private readonly List<(Action<LockHolder> Update, LockHolder Holder)> _files = [];
    private readonly bool _onlyReads;
    private readonly Func<bool> _isLeft;
    private readonly Action<string> _tell;
    private readonly HashSet<string> _toldTroubles = [];

    private ClusterLocks(bool onlyReads, Func<bool> isLeft, Action<string> tell) => (_onlyReads, _isLeft, _tell) = (onlyReads, isLeft, tell);

    /// <exception cref="ClusterLockedException">Another run works on one of the clusters.</exception>
    /// <exception cref="LockPlaceException">The shared directory cannot be used, and not all clusters have a lock of their own.</exception>
    /// <exception cref="IOException">The state directory cannot be written.</exception>
    public static async Task<ClusterLocks> TakeAsync(
        PlannedMigration plan, LockHolder holder, StateDirectory state, LockOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var run = new RunDirectory(holder.Run, holder.RunDirectory);
        var onlyReads = UnfinishedWork.IsNeverLeftBy(plan);
        var locks = new ClusterLocks(onlyReads, () => !onlyReads && !options.EndsWithProcess && UnfinishedWork.IsLeftBy(run, plan), tell);
        try
        {
            var policy = new LockPolicy(holder, options.BreaksLeft, tell);
            var onSource = holder with { Pipelines = RunningIn(plan) };
            var states = new LockHolderStates(ClustersOf(plan));
            foreach (var id in ClusterIdsOf(plan))
            {
                if (LockFile.Find(state.LocksPath, id) is { } before)
                {
                    policy.Learn(before, await states.OfAsync(before, cancellationToken));
                }

                var named = id == plan.WorksOn ? onSource : holder;
                locks.Keep(LockFile.Take(state.LocksPath, id, named, policy), named);
                locks.KeepShared(options.SharedDirectory, id, named, policy, isOnlyLock: !ClustersOf(plan).All(cluster => cluster.Platform is ILockingPlatform));
            }

            foreach (var cluster in ClustersOf(plan))
            {
                await locks.KeepWithClusterAsync(cluster, cluster == plan.Clusters.Source ? onSource : holder, policy, states, cancellationToken);
            }

            return locks;
        }
        catch
        {
            await locks.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes into the locks which step begins, for those who look from other machines or may not read the journal.</summary>
    /// <exception cref="StepFailedException">Another run has the lock of a cluster now, so this run must not go on.</exception>
    public async Task BeginStepAsync(string step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (update, holder) in _files)
        {
            TryUpdate(update, holder with { Step = step, StepSince = now });
        }

        foreach (var (platform, cluster, holder) in _inClusters.Where(held => held.Holder.Step != step))
        {
            if (await UpdateAsync(platform, cluster, holder with { Step = step, StepSince = now }, cancellationToken) is { } other)
            {
                throw new StepFailedException(
                    $"run {other.Run} of {other.User} on {other.Host} has taken the lock of the {cluster.Name} cluster at {cluster.Address} from this run, before step {step}",
                    $"Two runs must not work on one cluster. Find out what run {other.Run} has done. Then resume or roll back one of the two.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        var isLeft = _isLeft();
        while (_held.TryPop(out var held))
        {
            if (isLeft)
            {
                held.Leave();
            }
            else
            {
                await held.Release();
            }
        }
    }

    private static ImmutableArray<string> RunningIn(PlannedMigration plan) => plan.Preview.Purpose.ReadsCluster()
        ? [.. plan.RequireContext().Survey.Source.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name)]
        : [];

    private static IEnumerable<string> ClusterIdsOf(PlannedMigration plan) =>
        new[] { plan.WorksOn, plan.Preview.Target.ClusterId }.OfType<string>().Distinct();

    private static IEnumerable<ICluster> ClustersOf(PlannedMigration plan) =>
        plan.Preview.IsInPlace ? [plan.Clusters.Source] : [plan.Clusters.Source, plan.Clusters.Target];

    private void Keep(LockFile file, LockHolder holder)
    {
        _files.Add((file.Update, holder));
        Keep(_onlyReads ? file.PutBack : file.Dispose, file.Leave);
    }

    [UnsupportedOSPlatform("windows")]
    private void Keep(MachineLock file, LockHolder holder)
    {
        _files.Add((file.Update, holder));
        Keep(_onlyReads ? file.PutBack : file.Dispose, file.Leave);
    }

    private void Keep(Action release, Action leave) => _held.Push((() =>
    {
        try
        {
            release();
        }
        catch (IOException e)
        {
            _tell($"PachUp could not put back the lock of the run that did not end: {e.Message}.");
        }

        return Task.CompletedTask;
    }, leave));

    private static void TryUpdate(Action<LockHolder> update, LockHolder holder)
    {
        try
        {
            update(holder);
        }
        catch (IOException)
        {
            // Others see an older step then. That is no reason to end a run.
        }
    }

    // Not the only lock: the clusters themselves keep locks, which exclude the other users of this machine, too. In a container, no directory may be writable.
    private void KeepShared(string? directory, string id, LockHolder holder, LockPolicy policy, bool isOnlyLock)
    {
        try
        {
            if (directory is null)
            {
                return;
            }

            if (OperatingSystem.IsWindows())
            {
                Keep(LockFile.Take(directory, id, holder, policy), holder);
            }
            else
            {
                Keep(MachineLock.Take(directory, id, holder, policy), holder);
            }
        }
        catch (LockPlaceException) when (!isOnlyLock)
        {
        }
    }

    private async Task KeepWithClusterAsync(
        ICluster cluster, LockHolder holder, LockPolicy policy, LockHolderStates states, CancellationToken cancellationToken)
    {
        if (cluster.Platform is not ILockingPlatform platform)
        {
            return;
        }

        LockHolder? broken = null;
        while (await platform.TryLockAsync(cluster, holder, cancellationToken) is { } other)
        {
            var isBroken = policy.TakeOver(other, $"in the {cluster.Name} cluster at {cluster.Address}", await states.OfAsync(other, cancellationToken));
            broken = isBroken ? other : broken;
            await platform.UnlockAsync(cluster, other, cancellationToken);
        }

        _inClusters.Add((platform, cluster, holder));
        _held.Push((() => GiveBackAsync(platform, cluster, holder, _onlyReads ? broken : null), () => { }));
    }

    // Others see an older step then. That is no reason to end a run.
    private async Task<LockHolder?> UpdateAsync(ILockingPlatform platform, ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
    {
        try
        {
            return await platform.UpdateLockAsync(cluster, holder, cancellationToken);
        }
        catch (StepFailedException e)
        {
            if (_toldTroubles.Add(e.Message))
            {
                _tell($"The lock of the {cluster.Name} cluster does not show other machines that step {holder.Step} begins: {e.Message}.");
            }

            return null;
        }
    }

    // A lock that cannot be released must not hide the result of the run. The next run sees that the holder has ended.
    private async Task GiveBackAsync(ILockingPlatform platform, ICluster cluster, LockHolder holder, LockHolder? broken)
    {
        try
        {
            await platform.UnlockAsync(cluster, holder, CancellationToken.None);
            if (broken is not null)
            {
                await platform.TryLockAsync(cluster, broken, CancellationToken.None);
            }
        }
        catch (StepFailedException e)
        {
            _tell($"PachUp could not release the lock in the {cluster.Name} cluster: {e.Message}.");
        }
    }
}

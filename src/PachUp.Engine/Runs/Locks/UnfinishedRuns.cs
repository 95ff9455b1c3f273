using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>Finds the runs that hold or left a lock on the clusters of a plan.</summary>
/// <param name="state">The state directory.</param>
/// <param name="options">The options for locks.</param>
/// <param name="tell">Receives a sentence about each of these runs; null to refuse the plan instead, unless the lock may be broken.</param>
public sealed class UnfinishedRuns(StateDirectory state, LockOptions options, Action<string>? tell) : IUnfinishedRuns
{
    private readonly HashSet<LockHolder> _found = [];

    /// <inheritdoc/>
    /// <exception cref="ClusterLockedException">Another run works on the cluster, or did not end.</exception>
    public async Task LookAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            if (cluster.Platform is ILockingPlatform platform && await platform.FindLockAsync(cluster, cancellationToken) is { } holder)
            {
                Judge(holder, $"in the {cluster.Name} cluster at {cluster.Address}", await new LockHolderStates(cluster).OfAsync(holder, cancellationToken));
            }
        }
        catch (StepFailedException)
        {
            // What keeps PachUp from reading the lock also keeps it from what follows, and is told there.
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ClusterLockedException">Another run works on the cluster, or did not end.</exception>
    public ImmutableArray<string> FindStopped(ClusterInventory source)
    {
        foreach (var (directory, holder) in FindOnThisMachine(source.ClusterId))
        {
            Judge(holder, $"in \"{directory}\"", LockHolderProcess.StateOf(holder));
        }

        return [.. source.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name).Intersect(_found.SelectMany(holder => holder.Pipelines))];
    }

    /// <summary>The runs that hold the lock of a cluster on this machine, or left it there because they did not end: each in one sentence part.</summary>
    /// <param name="clusterId">The id of the cluster.</param>
    public ImmutableArray<string> DescribeLocks(string clusterId) =>
    [
        .. FindOnThisMachine(clusterId)
            .Select(found => found.Holder)
            .Distinct()
            .Where(holder => !UnfinishedWork.HasEnded(holder) && !UnfinishedWork.HasNoRecord(holder))
            .Select(holder => ClusterLockedException.Describe(holder) + (LockHolderProcess.StateOf(holder) == LockHolderState.Gone ? "; its process has ended, and the run did not end" : "")),
    ];

    private IEnumerable<(string Directory, LockHolder Holder)> FindOnThisMachine(string clusterId)
    {
        if (LockFile.Find(state.LocksPath, clusterId) is { } holder)
        {
            yield return (state.LocksPath, holder);
        }

        if (options.SharedDirectory is { } shared && FindShared(shared, clusterId) is { } other)
        {
            yield return (shared, other);
        }
    }

    private static LockHolder? FindShared(string directory, string clusterId)
    {
        try
        {
            return OperatingSystem.IsWindows() ? LockFile.Find(directory, clusterId) : MachineLock.Find(directory, clusterId);
        }
        catch (LockPlaceException)
        {
            // Taking the lock refuses it, and says why.
            return null;
        }
    }

    private void Judge(LockHolder holder, string place, LockHolderState state)
    {
        if (UnfinishedWork.HasEnded(holder) || !_found.Add(holder) || UnfinishedWork.HasNoRecord(holder))
        {
            return;
        }

        var locked = state == LockHolderState.Gone ? ClusterLockedException.OfLeft(holder, place) : ClusterLockedException.Of(holder, place, state);
        if (tell is not null)
        {
            tell($"{locked.Message}. {locked.Remedy}");
        }
        else if (state == LockHolderState.Lives || !options.BreaksLeft)
        {
            throw locked;
        }
    }
}

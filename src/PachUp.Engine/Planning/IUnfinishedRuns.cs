using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>What runs that work on the clusters of a plan, or that did not end, have left there.</summary>
public interface IUnfinishedRuns
{
    /// <summary>Looks at the lock in a cluster before anything else is asked of the cluster. It may refuse the plan.</summary>
    Task LookAsync(ICluster cluster, CancellationToken cancellationToken);

    /// <summary>The pipelines of a source that are stopped only because such a run stopped them. It may refuse the plan.</summary>
    ImmutableArray<string> FindStopped(ClusterInventory source);
}

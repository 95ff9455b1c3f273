using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk;

/// <summary>A platform that finds the pachd of a cluster by itself, where nobody gives an address.</summary>
public interface IReachingPlatform : IPlatform
{
    /// <summary>Opens a way to a cluster's pachd, which lasts as long as the process. Clusters with the same settings get the same address.</summary>
    /// <param name="settings">What the plan says about the cluster under <c>with:</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">There is no way; the message says why.</exception>
    Task<ClusterAddress> ReachAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>Whether there is a pachd to reach at all. Where there is none, a plan may deploy it.</summary>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<bool> IsDeployedAsync(ICluster cluster, CancellationToken cancellationToken);
}

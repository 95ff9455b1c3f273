using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk.Platforms;

/// <summary>A platform that can find the pachd of a cluster without an address.</summary>
public interface IReachingPlatform : IPlatform
{
    /// <summary>Opens a connection to a cluster's pachd, which lasts until the process ends. The same settings give the same address.</summary>
    /// <param name="settings">The plan's settings for the cluster, under <c>with:</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">No connection is possible; the message says why.</exception>
    Task<ClusterAddress> ReachAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>Whether a pachd exists. If not, a plan may deploy it.</summary>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<bool> IsDeployedAsync(ICluster cluster, CancellationToken cancellationToken);

    /// <summary>Why no pachd exists where the cluster should be, and where else there is one.</summary>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<ConnectionTrouble> ExplainAbsenceAsync(ICluster cluster, CancellationToken cancellationToken);
}

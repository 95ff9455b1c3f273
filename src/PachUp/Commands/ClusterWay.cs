using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Commands;

/// <summary>How a cluster is found: by the address that was given, else by its platform, else where pachctl would look.</summary>
/// <param name="Addresses">Finds addresses as pachctl does.</param>
/// <param name="Platform">A platform that finds clusters by itself; null for none.</param>
/// <param name="Settings">What the platform is told about the cluster.</param>
internal sealed record ClusterWay(AddressResolver Addresses, IReachingPlatform? Platform, ImmutableSortedDictionary<string, string> Settings)
{
    /// <exception cref="AddressException">There is no usable address.</exception>
    /// <exception cref="StepFailedException">The platform cannot find the cluster.</exception>
    public async Task<ClusterAddress> FindAsync(string? address, string origin, CancellationToken cancellationToken) =>
        address is null && Platform is not null
            ? await Platform.ReachAsync(Settings, cancellationToken) with { Patience = Addresses.Patience }
            : Addresses.Resolve(address, origin);
}

using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Engine.Plugins;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Commands.Clusters;

/// <summary>Finds a cluster: by the given address, else by its platform, else as pachctl does.</summary>
/// <param name="Addresses">Finds addresses as pachctl does.</param>
/// <param name="Platform">The platform of the cluster; null for none.</param>
/// <param name="Settings">The settings for the platform.</param>
internal sealed record ClusterConnector(AddressResolver Addresses, IPlatform? Platform, ImmutableSortedDictionary<string, string> Settings)
{
    /// <summary>The platform that the options name; null if they name none.</summary>
    /// <param name="options">The options.</param>
    /// <param name="load">Loads the platforms. It is called only if the options name one.</param>
    /// <exception cref="UsageException">There is no such platform.</exception>
    public static IPlatform? FindPlatform(PlatformOptions options, Func<Catalogue> load)
    {
        if (options.Platform is not { } name)
        {
            return null;
        }

        var platforms = load().Platforms;
        return platforms.TryGetValue(name, out var platform)
            ? platform
            : throw new UsageException($"there is no platform \"{name}\"", $"Choose from: {string.Join(", ", platforms.Keys.Order(StringComparer.Ordinal))}.");
    }

    /// <exception cref="AddressException">There is no usable address.</exception>
    /// <exception cref="StepFailedException">The platform cannot find the cluster.</exception>
    public async Task<ClusterAddress> FindAsync(string? address, string origin, CancellationToken cancellationToken)
    {
        var found = address is null && Platform is IReachingPlatform reaching
            ? await reaching.ReachAsync(Settings, cancellationToken) with { Timeouts = Addresses.Timeouts }
            : Addresses.Resolve(address, origin);
        return found with { OfferedPeer = (Platform as IPeerPlatform)?.OfferPeer(Settings) };
    }
}

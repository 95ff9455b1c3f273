using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk.Platforms;

/// <summary>A platform that can connect to the peer port of a cluster's pachd, where pachd serves the object API in production.</summary>
public interface IPeerPlatform : IPlatform
{
    /// <summary>Offers a connection to the peer port. It is opened only when it is used.</summary>
    /// <param name="settings">The plan's settings for the cluster, under <c>with:</c>.</param>
    PeerOffer OfferPeer(ImmutableSortedDictionary<string, string> settings);
}

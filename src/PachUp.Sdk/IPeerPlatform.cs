using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk;

/// <summary>A platform that can lead to the peer port of a cluster's pachd, for the object API where the public port keeps it closed.</summary>
public interface IPeerPlatform : IPlatform
{
    /// <summary>Offers a way to the peer port. Nothing is opened or asked before it is used.</summary>
    /// <param name="settings">What the plan says about the cluster under <c>with:</c>.</param>
    PeerOffer OfferPeer(ImmutableSortedDictionary<string, string> settings);
}

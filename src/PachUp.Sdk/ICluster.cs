using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk;

/// <summary>One cluster of a plan.</summary>
public interface ICluster
{
    /// <summary>Its name in the plan: <c>source</c>, <c>target</c>.</summary>
    string Name { get; }

    /// <summary>The address of its pachd.</summary>
    ClusterAddress Address { get; }

    /// <summary>The platform on which it is deployed.</summary>
    IPlatform Platform { get; }

    /// <summary>The plan's settings for the platform of this cluster, under <c>with:</c>; each platform defines its settings.</summary>
    ImmutableSortedDictionary<string, string> Settings { get; }

    /// <summary>A connection to its pachd. The host owns it: do not dispose it. Getting it sends nothing.</summary>
    PachdClient Connect();
}

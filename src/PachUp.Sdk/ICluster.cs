using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sdk;

/// <summary>One cluster of a plan.</summary>
public interface ICluster
{
    /// <summary>Its name in the plan: <c>source</c>, <c>target</c>.</summary>
    string Name { get; }

    /// <summary>Where its pachd is.</summary>
    ClusterAddress Address { get; }

    /// <summary>How it is deployed.</summary>
    IPlatform Platform { get; }

    /// <summary>What the plan says to the platform about this cluster, under <c>with:</c>; each platform says which names it knows.</summary>
    ImmutableSortedDictionary<string, string> Settings { get; }

    /// <summary>A connection to its pachd. The host owns it: do not dispose it. Nothing is sent by asking for it.</summary>
    PachdClient Connect();
}

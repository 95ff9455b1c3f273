using System.Collections.Immutable;

namespace PachUp.Plugins.Kubernetes.Settings;

/// <summary>The ways to keep writers out of a cluster, by the names that plans give them.</summary>
internal static class FenceNames
{
    /// <summary>The services of the cluster select no pods that clients could reach.</summary>
    public const string Services = "services";

    /// <summary>The services of the cluster lose their node ports.</summary>
    public const string NodePorts = "node-ports";

    /// <summary>A network policy lets in only the cluster itself and PachUp.</summary>
    public const string NetworkPolicy = "network-policy";

    /// <summary>The way that is taken where the plan names none.</summary>
    public const string Default = Services;

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Services, NodePorts, NetworkPolicy];
}

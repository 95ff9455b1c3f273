using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>The ways to fence, by the names that plans give them.</summary>
internal static class Fences
{
    /// <summary>The way that is taken where the plan names none.</summary>
    public const string Default = SelectorClosing.WayName;

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> Names { get; } = [SelectorClosing.WayName, NodePortClosing.WayName, NetworkPolicyFence.Name];

    /// <summary>The fence that a plan names.</summary>
    public static IFence Of(ClusterSettings settings, KubeApi api) => settings.Fence switch
    {
        NodePortClosing.WayName => new ServiceFence(api, new NodePortClosing()),
        NetworkPolicyFence.Name => new NetworkPolicyFence(api),
        _ => new ServiceFence(api, new SelectorClosing()),
    };
}

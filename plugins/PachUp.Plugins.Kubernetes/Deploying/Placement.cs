using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Where the target of a plan is deployed.</summary>
/// <param name="From">The namespace of the deployment that is copied.</param>
/// <param name="To">The namespace to deploy to.</param>
/// <param name="IsBeside">Whether the target is deployed beside the source and does not replace it.</param>
internal sealed record Placement(string From, string To, bool IsBeside)
{
    /// <summary>Whether two clusters of a plan are two deployments.</summary>
    public static bool AreApart(ICluster source, ICluster target) =>
        source.Name != target.Name && (source.Platform.Name != target.Platform.Name || KubeConnection.PlaceOf(source) != KubeConnection.PlaceOf(target));
}

using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.NodePorts;

/// <summary>A node port that two services want.</summary>
/// <param name="Port">The node port.</param>
/// <param name="Wanting">The service that cannot have it.</param>
/// <param name="Owner">The service that has it.</param>
internal sealed record NodePortCollision(int Port, JsonObject Wanting, JsonObject Owner)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"node port {Port} of {Wanting.Title()} belongs to {Suite.Describe(Owner)} in namespace \"{Owner.Namespace()}\"";

    /// <summary>The node ports of a service.</summary>
    public static IEnumerable<int> PortsOf(JsonObject service) => service.Spec().Items("ports").Select(port => port.Number("nodePort")).Where(port => port > 0);
}

using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>A service of the old deployment, and the service with the same name in the new one.</summary>
/// <param name="Giver">The old service.</param>
/// <param name="Taker">The new service; null if it does not exist yet.</param>
/// <param name="Run">The id of the run.</param>
internal sealed record ServicePair(JsonObject Giver, JsonObject? Taker, string Run)
{
    /// <summary>The node ports that clients know, by port name.</summary>
    public IReadOnlyDictionary<string, int> NodePorts { get; } = (ServiceBefore.Of(Giver, Run)?.Ports ?? ServiceBefore.PortsOf(Giver))
        .Where(port => port.Number("nodePort") > 0)
        .ToDictionary(port => port.Text("name"), port => port.Number("nodePort"));
}

using System.Globalization;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>A port of a pod.</summary>
/// <param name="Pod">The name of the pod.</param>
/// <param name="Port">The port.</param>
internal sealed record PodPort(string Pod, int Port)
{
    private const int PublicPort = 650;
    private const int UsualPeerPort = 653;

    /// <summary>The port of a pachd that clients use.</summary>
    public static PodPort PublicOf(JsonObject pod) => new(pod.Name(), PublicPort);

    /// <summary>
    /// The peer port of a pachd: from its environment, else from its port names, else the default. From 1.10 on, the service <c>pachd-peer</c> leads to the same port.
    /// </summary>
    public static PodPort PeerOf(JsonObject pod)
    {
        var containers = pod.Spec().Items("containers");
        var told = containers.SelectMany(container => container.Items("env")).FirstOrDefault(variable => variable.Text("name") == "PEER_PORT")?.Text("value");
        var named = containers.SelectMany(container => container.Items("ports")).FirstOrDefault(port => port.Text("name") == "peer-port")?.Number("containerPort");
        return new PodPort(
            pod.Name(), ushort.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : named ?? UsualPeerPort);
    }
}

using System.Collections.Concurrent;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Plugins.Kubernetes.Waiting;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>The port forwards of this process to pachd: one per namespace, for as long as the process lasts.</summary>
internal sealed class PachdForwards
{
    private const int PachdPort = 650;
    private const string PachdPods = "suite=pachyderm,app=pachd";

    private readonly ConcurrentDictionary<(string Server, string Namespace), PortForward> _forwards = new();

    /// <summary>The address of a namespace's pachd, by way of a forward. It stays the same when the pod is replaced.</summary>
    public ClusterAddress AddressOf(KubeApi api)
    {
        var server = JobEnvironment.ServerOutside ?? api.Transport.Client.BaseUri.Authority;
        var forward = _forwards.GetOrAdd((server, api.Namespace), _ => PortForward.Open(api, ct => FindPodAsync(api, ct), PachdPort));
        return new ClusterAddress
        {
            Host = "127.0.0.1",
            Port = forward.LocalPort,
            Label = $"namespace {api.Namespace} of {server}",
            Origin = "a port forward to pachd's pod",
        };
    }

    private static async Task<string?> FindPodAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var pods = await api.ListAsync("Pod", PachdPods, cancellationToken);
        return pods.FirstOrDefault(PodState.IsReady)?.Name();
    }
}

using System.Collections.Concurrent;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>The port forwards of this process to pachd: one for each namespace and port, until the process ends.</summary>
internal sealed class PachdForwards
{
    private readonly ConcurrentDictionary<(string Server, string Namespace, bool IsPeer), PortForward> _forwards = new();

    /// <summary>The address of a namespace's pachd through a port forward. It does not change when the pod is replaced.</summary>
    public ClusterAddress AddressOf(KubeApi api) => AddressOf(api, isPeer: false) with
    {
        Label = IdentityOf(api),
        Description = api.Place,
        ShortLabel = api.Namespace,
        Origin = "a port forward to pachd's pod",
    };

    /// <summary>The address of the peer port of a namespace's pachd through a port forward. It does not change when the pod is replaced.</summary>
    /// <exception cref="AddressException">The port forward is not possible now.</exception>
    public async Task<ClusterAddress> OpenPeerAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var patient = new OutageRetry(
            $"the port forward to namespace {api.Namespace}", PachdTimeouts.Default, failure => failure is ForwardException { Trouble.MayPass: true });
        try
        {
            await patient.RepeatAsync(token => TryPeerAsync(api, token), (last, _) => last, cancellationToken);
        }
        catch (ForwardException e)
        {
            throw new AddressException($"{e.Trouble.Found}. {e.Trouble.Remedy}", e);
        }

        return AddressOf(api, isPeer: true) with
        {
            Label = $"the peer port of pachd in {IdentityOf(api)}",
            Description = $"the peer port of pachd in {api.Place}",
            Origin = "a port forward to pachd's pod",
        };
    }

    private static string IdentityOf(KubeApi api) => $"namespace {api.Namespace} of {ServerOf(api)}";

    private static string ServerOf(KubeApi api) => JobEnvironment.ServerOutside ?? api.Transport.Client.BaseUri.Authority;

    private ClusterAddress AddressOf(KubeApi api, bool isPeer)
    {
        var forward = _forwards.GetOrAdd((ServerOf(api), api.Namespace, isPeer), _ => PortForward.Open(api, (own, token) => FindPortAsync(own, isPeer, token)));
        return new ClusterAddress { Host = "127.0.0.1", Port = forward.LocalPort, LastTrouble = () => forward.LastTrouble };
    }

    private static async Task<bool> TryPeerAsync(KubeApi api, CancellationToken cancellationToken)
    {
        await PortForward.TryAsync(api, await FindPortAsync(api, isPeer: true, cancellationToken), cancellationToken);
        return true;
    }

    private static async Task<PodPort> FindPortAsync(KubeApi api, bool isPeer, CancellationToken cancellationToken)
    {
        var pod = await PachdPods.FindReadyAsync(api, cancellationToken);
        return isPeer ? PodPort.PeerOf(pod) : PodPort.PublicOf(pod);
    }
}

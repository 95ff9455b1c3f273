using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using k8s;
using k8s.Autorest;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>A port of this machine that is forwarded to a port of a pod, like <c>kubectl port-forward</c>.</summary>
internal sealed class PortForward : IAsyncDisposable
{
    private readonly KubeApi _api;
    private readonly Func<CancellationToken, Task<PodPort?>> _findPort;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    private PortForward(KubeApi api, Func<CancellationToken, Task<PodPort?>> findPort)
    {
        (_api, _findPort) = (api, findPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int LocalPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Opens a port and forwards each connection to it.</summary>
    /// <param name="api">The namespace of the pod.</param>
    /// <param name="findPort">Finds the pod and its port for every connection, because pods are replaced; null if there is none now.</param>
    public static PortForward Open(KubeApi api, Func<CancellationToken, Task<PodPort?>> findPort) => new(api, findPort);

    /// <summary>Tests whether connections to a port of a pod can be forwarded.</summary>
    /// <exception cref="AddressException">They cannot be forwarded; the message says why.</exception>
    public static async Task TryAsync(KubeApi api, PodPort port, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await ConnectAsync(api, port, cancellationToken);
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new AddressException(
                $"Kubernetes does not forward port {port.Port} of pod {port.Pod} in namespace \"{api.Namespace}\" ({e.Message.TrimEnd('.')}); "
                + "this needs the permission \"create pods/portforward\"",
                e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = LeadOnAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The port was closed. The same token ends the open connections.
        }
    }

    private async Task LeadOnAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                if (await _findPort(_end.Token) is not { } port)
                {
                    return;
                }

                using var socket = await ConnectAsync(_api, port, _end.Token);
                using var demuxer = new StreamDemuxer(socket, StreamType.PortForward);
                demuxer.Start();

                // Separate streams for both directions: otherwise a waiting read would block every write.
                await using var fromPod = demuxer.GetStream((byte?)0, null);
                await using var toPod = demuxer.GetStream(null, (byte?)0);
                await using var local = connection.GetStream();
                await Task.WhenAny(local.CopyToAsync(toPod, _end.Token), fromPod.CopyToAsync(local, _end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException || IsBroken(e))
            {
                // The client on this side sees that its connection is closed, and reports which call failed.
            }
        }
    }

    private static Task<WebSocket> ConnectAsync(KubeApi api, PodPort port, CancellationToken cancellationToken) =>
        api.Transport.Client.WebSocketNamespacedPodPortForwardAsync(
            port.Pod, api.Namespace, [port.Port], "v4.channel.k8s.io", cancellationToken: cancellationToken);

    private static bool IsBroken(Exception error) =>
        error is IOException or HttpRequestException or HttpOperationException or KubeException or WebSocketException;
}

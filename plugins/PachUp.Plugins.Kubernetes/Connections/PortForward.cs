using System.Net;
using System.Net.Sockets;
using k8s;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>A port of this machine that leads to a port of a pod, as <c>kubectl port-forward</c> makes it.</summary>
internal sealed class PortForward : IAsyncDisposable
{
    private readonly KubeApi _api;
    private readonly Func<CancellationToken, Task<string?>> _findPod;
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    private PortForward(KubeApi api, Func<CancellationToken, Task<string?>> findPod, int port)
    {
        (_api, _findPod, _port) = (api, findPod, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int LocalPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Opens a port; connections to it are led on one by one.</summary>
    /// <param name="api">The namespace of the pod.</param>
    /// <param name="findPod">Finds the pod, anew for every connection, since pods come and go; null where there is none now.</param>
    /// <param name="port">The pod's port.</param>
    public static PortForward Open(KubeApi api, Func<CancellationToken, Task<string?>> findPod, int port) => new(api, findPod, port);

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
            // It was closed; whoever is still connected is cut off by the same token.
        }
    }

    private async Task LeadOnAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                if (await _findPod(_end.Token) is not { } pod)
                {
                    return;
                }

                using var socket = await _api.Transport.Client.WebSocketNamespacedPodPortForwardAsync(
                    pod, _api.Namespace, [_port], "v4.channel.k8s.io", cancellationToken: _end.Token);
                using var demuxer = new StreamDemuxer(socket, StreamType.PortForward);
                demuxer.Start();

                // One stream for both directions would let a read that waits hold up every write.
                await using var fromPod = demuxer.GetStream((byte?)0, null);
                await using var toPod = demuxer.GetStream(null, (byte?)0);
                await using var local = connection.GetStream();
                await Task.WhenAny(local.CopyToAsync(toPod, _end.Token), fromPod.CopyToAsync(local, _end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException or KubeException or System.Net.WebSockets.WebSocketException)
            {
                // The client on this side sees its connection close, and says which call failed.
            }
        }
    }
}

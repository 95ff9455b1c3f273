using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using k8s;
using k8s.Autorest;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>A port of this machine that is forwarded to a port of a pod, like <c>kubectl port-forward</c>.</summary>
internal sealed class PortForward : IAsyncDisposable
{
    private const string Protocol = "v4.channel.k8s.io";

    private static readonly byte? DataChannel = 0;
    private static readonly byte? ErrorChannel = 1;

    private readonly KubeApi _api;
    private readonly Func<CancellationToken, Task<PodPort>> _findPort;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile ConnectionTrouble? _lastTrouble;

    private PortForward(KubeApi api, Func<CancellationToken, Task<PodPort>> findPort)
    {
        (_api, _findPort) = (api, findPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int LocalPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Why the last connection was not forwarded; null if it was.</summary>
    public ConnectionTrouble? LastTrouble => _lastTrouble;

    /// <summary>Opens a port and forwards each connection to it.</summary>
    /// <param name="api">The namespace of the pod.</param>
    /// <param name="findPort">Finds the pod and its port for every connection, because pods are replaced; throws a <see cref="ForwardException"/> if there is none.</param>
    public static PortForward Open(KubeApi api, Func<CancellationToken, Task<PodPort>> findPort) => new(api, findPort);

    /// <summary>Tests whether connections to a port of a pod can be forwarded.</summary>
    /// <exception cref="ForwardException">They cannot be forwarded; the exception says why.</exception>
    public static async Task TryAsync(KubeApi api, PodPort port, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(api, port, cancellationToken);
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
                var port = await _findPort(_end.Token);
                using var socket = await ConnectAsync(_api, port, _end.Token);
                _lastTrouble = null;
                using var demuxer = new StreamDemuxer(socket, StreamType.PortForward);

                // Separate streams for both directions: otherwise a waiting read would block every write.
                await using var fromPod = demuxer.GetStream(DataChannel, null);
                await using var toPod = demuxer.GetStream(null, DataChannel);
                await using var errors = demuxer.GetStream(ErrorChannel, null);
                demuxer.Start();
                await using var local = connection.GetStream();
                var fromPodEnds = fromPod.CopyToAsync(local, _end.Token);
                if (await Task.WhenAny(local.CopyToAsync(toPod, _end.Token), fromPodEnds) == fromPodEnds)
                {
                    _lastTrouble = await ReadTroubleAsync(errors, port);
                }
            }
            catch (ForwardException e)
            {
                _lastTrouble = e.Trouble;
            }
            catch (KubeException e)
            {
                _lastTrouble = new ConnectionTrouble(e.Message, "Check the connection to the API server.");
            }
            catch (Exception e) when (e is OperationCanceledException || IsBroken(e))
            {
                // The client on this side sees that its connection is closed, and reports which call failed.
            }
        }
    }

    /// <summary>What the node wrote about the connection; null if nothing. The connection has ended, so there is nothing to wait for.</summary>
    private async Task<ConnectionTrouble?> ReadTroubleAsync(Stream errors, PodPort port)
    {
        using var reader = new StreamReader(errors, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(_end.Token);
        return text.Length == 0 ? null : new ConnectionTrouble(
            $"port {port.Port} of pod {port.Pod} in namespace \"{_api.Namespace}\" does not accept connections ({text.Trim()})", "Check the log of the pod.");
    }

    private static async Task<WebSocket> ConnectAsync(KubeApi api, PodPort port, CancellationToken cancellationToken)
    {
        try
        {
            return await api.Transport.Client.WebSocketNamespacedPodPortForwardAsync(
                port.Pod, api.Namespace, [port.Port], Protocol, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new ForwardException(await ExplainAsync(api, port, e, cancellationToken), e);
        }
    }

    private static async Task<ConnectionTrouble> ExplainAsync(KubeApi api, PodPort port, Exception error, CancellationToken cancellationToken)
    {
        var path = $"{api.Catalogue.Get("Pod").PathOf(api.Namespace, port.Pod)}/portforward?ports={port.Port}";
        var refusal = await api.Transport.FindSocketRefusalAsync(path, Protocol, cancellationToken);
        return refusal is { IsForbidden: true }
            ? new ConnectionTrouble(
                $"the user of the kubeconfig may not forward ports of pods in namespace \"{api.Namespace}\" ({refusal.Message.TrimEnd('.')})",
                "Grant \"get\" and \"create\" for pods/portforward, or give the address of pachd with --source or --target.")
            : new ConnectionTrouble(
                $"Kubernetes does not forward port {port.Port} of pod {port.Pod} in namespace \"{api.Namespace}\" "
                    + $"({(refusal?.Message ?? error.Message).TrimEnd('.')})",
                "Check that the pod and its node are ready.");
    }

    private static bool IsBroken(Exception error) => error is IOException or HttpRequestException or HttpOperationException or WebSocketException;
}

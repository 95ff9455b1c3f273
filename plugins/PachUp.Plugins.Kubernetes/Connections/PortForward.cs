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
    private const int BufferBytes = 64 * 1024;

    // Less than a call to pachd waits for its answer, so that the caller learns why there is none, and tries again.
    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(10);

    private static readonly byte? DataChannel = 0;
    private static readonly byte? ErrorChannel = 1;

    private readonly KubeApi _api;
    private readonly Func<KubeApi, CancellationToken, Task<PodPort>> _findPort;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile ConnectionTrouble? _lastTrouble;
    private volatile bool _hasLed;

    private PortForward(KubeApi api, Func<KubeApi, CancellationToken, Task<PodPort>> findPort)
    {
        (_api, _findPort) = (api.WithoutRetry(), findPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int LocalPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Why the last connection was not forwarded; null if it was.</summary>
    public ConnectionTrouble? LastTrouble => _lastTrouble;

    /// <summary>Opens a port and forwards each connection to it.</summary>
    /// <param name="api">The namespace of the pod.</param>
    /// <param name="findPort">
    /// Finds the pod and its port for every connection, because pods are replaced; throws a <see cref="ForwardException"/> if there is none. It must not wait
    /// for the API server: who uses the forward tries again.
    /// </param>
    public static PortForward Open(KubeApi api, Func<KubeApi, CancellationToken, Task<PodPort>> findPort) => new(api, findPort);

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
                var (port, socket) = await OpenAsync();
                using var opened = socket;
                _lastTrouble = null;
                using var demuxer = new StreamDemuxer(socket, StreamType.PortForward);

                // Separate streams for both directions: otherwise a waiting read would block every write.
                await using var fromPod = demuxer.GetStream(DataChannel, null);
                await using var toPod = demuxer.GetStream(null, DataChannel);
                await using var errors = demuxer.GetStream(ErrorChannel, null);
                demuxer.Start();
                await using var local = connection.GetStream();
                var fromPodEnds = LeadAsync(fromPod, local);
                if (await Task.WhenAny(local.CopyToAsync(toPod, _end.Token), fromPodEnds) == fromPodEnds)
                {
                    // The next connection looks for the pod again: this one may be gone.
                    _api.Transport.ForgetRecent("Pod");
                    _lastTrouble = await ReadTroubleAsync(errors, port);
                }
            }
            catch (ForwardException e)
            {
                _lastTrouble = e.Trouble with { MayPass = e.Trouble.MayPass || (_hasLed && e.MayComeBack) };
            }
            catch (KubeException e)
            {
                _lastTrouble = new ConnectionTrouble(e.Message, "Check the connection to the API server.") { MayPass = _api.Transport.MayPass(e) };
            }
            catch (Exception e) when (e is OperationCanceledException || IsBroken(e))
            {
                // The client on this side sees that its connection is closed, and reports which call failed.
            }
        }
    }

    private async Task<(PodPort Port, WebSocket Socket)> OpenAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(OpeningLimit);
        try
        {
            var port = await _findPort(_api, limit.Token);
            return (port, await ConnectAsync(_api, port, limit.Token));
        }
        catch (OperationCanceledException e) when (!_end.IsCancellationRequested)
        {
            throw new KubeException(0, $"the API server at {_api.Transport.Client.BaseUri} has not opened the port forward within {OpeningLimit.TotalSeconds} s", e);
        }
    }

    private async Task LeadAsync(Stream fromPod, Stream local)
    {
        var buffer = new byte[BufferBytes];
        while (await fromPod.ReadAsync(buffer, _end.Token) is var count and > 0)
        {
            _hasLed = true;
            await local.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }

    /// <summary>What the node wrote about the connection; null if nothing. The connection has ended, so there is nothing to wait for.</summary>
    private async Task<ConnectionTrouble?> ReadTroubleAsync(Stream errors, PodPort port)
    {
        using var reader = new StreamReader(errors, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(_end.Token);
        return text.Length == 0 ? null : new ConnectionTrouble(
            $"port {port.Port} of pod {port.Pod} in namespace \"{_api.Namespace}\" does not accept connections ({text.Trim()})", "Check the log of the pod.")
        {
            MayPass = _hasLed,
        };
    }

    private static async Task<WebSocket> ConnectAsync(KubeApi api, PodPort port, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(api, port, cancellationToken);
        }
        catch (Exception e) when (IsBroken(e))
        {
            api.Transport.ForgetRecent("Pod");
            var path = $"{api.Catalogue.Get("Pod").PathOf(api.Namespace, port.Pod)}/portforward?ports={port.Port}";
            if (await api.Transport.FindSocketRefusalAsync(path, Protocol, cancellationToken) is { } refusal)
            {
                throw Refused(api, port, refusal);
            }
        }

        // Nothing is refused any more: the login has just been read again, or the trouble is over.
        try
        {
            return await StartAsync(api, port, cancellationToken);
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw NotForwarded(api, port, e.Message, mayPass: true, e);
        }
    }

    private static Task<WebSocket> StartAsync(KubeApi api, PodPort port, CancellationToken cancellationToken) =>
        api.Transport.Client.WebSocketNamespacedPodPortForwardAsync(port.Pod, api.Namespace, [port.Port], Protocol, cancellationToken: cancellationToken);

    private static ForwardException Refused(KubeApi api, PodPort port, KubeException refusal)
    {
        // If the node of the pod does not answer, the server says 500.
        var mayPass = api.Transport.MayPass(refusal) && refusal.Code != 500;
        return !refusal.IsForbidden ? NotForwarded(api, port, refusal.Message, mayPass, refusal) : new ForwardException(
            new ConnectionTrouble(
                $"the user of the kubeconfig may not forward ports of pods in namespace \"{api.Namespace}\" ({refusal.Message.TrimEnd('.')})",
                "Grant \"get\" and \"create\" for pods/portforward, or give the address of pachd with --source or --target.")
            {
                MayPass = mayPass,
            },
            refusal);
    }

    private static ForwardException NotForwarded(KubeApi api, PodPort port, string reason, bool mayPass, Exception cause) => new(
        new ConnectionTrouble(
            $"Kubernetes does not forward port {port.Port} of pod {port.Pod} in namespace \"{api.Namespace}\" ({reason.TrimEnd('.')})",
            "Check that the pod and its node are ready.")
        {
            MayPass = mayPass,
        },
        cause)
    {
        MayComeBack = true,
    };

    private static bool IsBroken(Exception error) => error is IOException or HttpRequestException or HttpOperationException or WebSocketException;
}

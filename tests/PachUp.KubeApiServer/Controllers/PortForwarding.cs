using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PachUp.KubeApiServer.Controllers;

/// <summary>Forwards the ports of pods to addresses on this machine, with the web socket protocol of <c>kubectl port-forward</c>.</summary>
public sealed class PortForwarding
{
    private const string Protocol = "v4.channel.k8s.io";
    private const int BufferBytes = 64 * 1024;

    private readonly ConcurrentDictionary<(string Namespace, string Pod, int Port), Door> _doors = new();

    private long _bytes;
    private (long Bytes, Action Happening)? _appointment;

    /// <summary>Runs an action once, when so many bytes have come from pods from now on.</summary>
    public void AfterBytes(long bytes, Action happening) => _appointment = (Interlocked.Read(ref _bytes) + bytes, happening);

    /// <summary>Sets the address behind a port of a pod.</summary>
    public void Open(string ns, string pod, int port, IPEndPoint endpoint) => _doors[(ns, pod, port)] = new Door(endpoint);

    /// <summary>Removes the address and closes its connections.</summary>
    public void Close(string ns, string pod, int port)
    {
        if (_doors.TryRemove((ns, pod, port), out var door))
            door.Closing.Cancel();
    }

    internal async Task ServeAsync(string ns, string pod, bool podExists, HttpContext context)
    {
        var port = int.Parse(context.Request.Query["ports"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        if (!context.WebSockets.IsWebSocketRequest)
            throw ApiException.BadRequest("Upgrade request required");

        if (!_doors.TryGetValue((ns, pod, port), out var door) && !podExists)
            throw ApiException.NotFound("pods", pod);

        using var socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
        await AnnounceAsync(socket, port, context.RequestAborted);
        using var connection = new TcpClient();
        if (door is null || !await TryConnectAsync(connection, door, context.RequestAborted))
        {
            await RefuseAsync(socket, pod, port, context.RequestAborted);
            return;
        }

        await using var stream = connection.GetStream();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, door.Closing.Token);
        await Task.WhenAny(FromPodAsync(stream, socket, end.Token), ToPodAsync(socket, stream, end.Token));
        await end.CancelAsync();
    }

    private static async Task<bool> TryConnectAsync(TcpClient connection, Door door, CancellationToken ct)
    {
        try
        {
            await connection.ConnectAsync(door.Endpoint, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // The node opens the port only after the web socket is open. So a closed port is reported on the channel for errors.
    private static async Task RefuseAsync(WebSocket socket, string pod, int port, CancellationToken ct)
    {
        byte[] frame = [1, .. Encoding.UTF8.GetBytes($"error forwarding port {port} to pod {pod}, uid : failed to dial {port}: connect: connection refused")];
        await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, ct);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", ct);
    }

    // Each of the two channels (0: data, 1: errors) starts with the number of the port.
    private static async Task AnnounceAsync(WebSocket socket, int port, CancellationToken ct)
    {
        foreach (byte channel in new byte[] { 0, 1 })
        {
            byte[] frame = [channel, (byte)port, (byte)(port >> 8)];
            await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
    }

    private async Task FromPodAsync(NetworkStream stream, WebSocket socket, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer.AsMemory(1), ct) is var count and > 0)
        {
            await socket.SendAsync(buffer.AsMemory(0, count + 1), WebSocketMessageType.Binary, endOfMessage: true, ct);
            if (Interlocked.Add(ref _bytes, count) >= _appointment?.Bytes)
            {
                var (_, happening) = _appointment.Value;
                _appointment = null;
                happening();
            }
        }
    }

    private static async Task ToPodAsync(WebSocket socket, NetworkStream stream, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        var isStart = true;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (received.MessageType == WebSocketMessageType.Close)
                return;

            // The first byte of every message is the channel.
            var from = isStart ? 1 : 0;
            await stream.WriteAsync(buffer.AsMemory(from, received.Count - from), ct);
            isStart = received.EndOfMessage;
        }
    }

    private sealed record Door(IPEndPoint Endpoint)
    {
        public CancellationTokenSource Closing { get; } = new();
    }
}

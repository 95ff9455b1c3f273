using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PachUp.Testing;

/// <summary>A proxy that sends HTTP/2 pings to the client all the time, as the load balancer of a server does that no longer answers.</summary>
public sealed class PingingProxy : IAsyncDisposable
{
    private const int HeaderBytes = 9;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // RFC 9113, 6.7: eight bytes of content, type 6, no flags, stream 0.
    private static readonly byte[] Ping = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    private readonly CancellationTokenSource _end = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _pings;

    private PingingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The number of pings that were sent.</summary>
    public int Pings => _pings;

    /// <summary>Starts the proxy.</summary>
    /// <param name="serverPort">The port of the server on this machine.</param>
    public static PingingProxy Start(int serverPort) => new(serverPort);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _end.Token);
                await await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), _end.Token), AnswerAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Each side may close its connection at any time.
            }
        }
    }

    /// <summary>Passes on whole frames, so that a ping never comes in the middle of one.</summary>
    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var frame = new byte[HeaderBytes];
        await from.ReadExactlyAsync(frame, _end.Token);
        while (true)
        {
            await to.WriteAsync(frame, _end.Token);
            var content = new byte[BinaryPrimitives.ReadInt32BigEndian([0, .. frame.AsSpan(0, 3)])];
            await from.ReadExactlyAsync(content, _end.Token);
            await to.WriteAsync(content, _end.Token);
            var reading = from.ReadExactlyAsync(frame, _end.Token).AsTask();
            while (await Task.WhenAny(reading, Task.Delay(Interval, _end.Token)) != reading)
            {
                await to.WriteAsync(Ping, _end.Token);
                Interlocked.Increment(ref _pings);
            }

            await reading;
        }
    }
}

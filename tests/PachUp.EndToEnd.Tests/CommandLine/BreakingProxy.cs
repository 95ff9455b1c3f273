using System.Net;
using System.Net.Sockets;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Stands before a server that dies: after a number of bytes from the client it is gone, connections and all.</summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _gone = new();
    private readonly Task _accepting;
    private long _bytesLeft;

    private BreakingProxy(int port, IPEndPoint server, long bytes)
    {
        (_server, _bytesLeft) = (server, bytes);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether it is gone already.</summary>
    public bool IsGone => _gone.IsCancellationRequested;

    /// <summary>Begins to listen.</summary>
    /// <param name="serverPort">The server, on this machine.</param>
    /// <param name="bytes">After how many bytes from the client it is gone.</param>
    /// <param name="port">Where to listen; 0 for any port.</param>
    public static BreakingProxy Start(int serverPort, long bytes, int port = 0) => new(port, new IPEndPoint(IPAddress.Loopback, serverPort), bytes);

    public async ValueTask DisposeAsync()
    {
        Break();
        await _accepting;
        _gone.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_gone.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is gone: that is what it is for.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _gone.Token);
                await Task.WhenAny(CopyAsync(client, server, bytes => Interlocked.Add(ref _bytesLeft, -bytes) < 0), CopyAsync(server, client, _ => false));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Either side may go at any time.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<int, bool> isTooMuch)
    {
        var buffer = new byte[1024];
        int count;
        while ((count = await from.GetStream().ReadAsync(buffer, _gone.Token)) > 0)
        {
            if (isTooMuch(count))
            {
                Break();
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _gone.Token);
        }
    }

    private void Break()
    {
        if (!_gone.IsCancellationRequested)
        {
            _gone.Cancel();
            _listener.Stop();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using PachUp.Pachyderm.Connections;

namespace PachUp.Testing;

/// <summary>Stands between PachUp and a server of this machine, and does to their connections what networks and crashes do.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _work = [];
    private readonly Lock _lock = new();
    private CancellationTokenSource _gone = new();
    private IPEndPoint _server;
    private TcpListener _listener;
    private Fault? _fault;
    private long _bytesLeft;

    private FaultyProxy(IPEndPoint server, Fault? fault)
    {
        (_server, _fault, _bytesLeft) = (server, fault, fault?.AfterBytes ?? 0);
        _listener = Listen(port: 0);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Where clients find it.</summary>
    public ClusterAddress Address => new() { Host = "127.0.0.1", Port = Port, Origin = "--source" };

    /// <summary>Done when the fault has struck for the first time.</summary>
    public Task Struck => _struck.Task;

    /// <summary>Starts listening.</summary>
    /// <param name="serverPort">The server, on this machine.</param>
    /// <param name="fault">What happens to a connection; null for nothing.</param>
    public static FaultyProxy Start(int serverPort, Fault? fault = null) => new(new IPEndPoint(IPAddress.Loopback, serverPort), fault);

    /// <summary>Is gone: ends all connections and refuses new ones.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _gone.Cancel();
            _listener.Stop();
        }
    }

    /// <summary>Listens again after <see cref="Refuse"/> or <see cref="FaultKind.Death"/>, and does nothing any more to what passes.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _fault = null;
            _gone = new CancellationTokenSource();
            _listener = Listen(Port);
        }
    }

    /// <summary>Stands before another server from now on, as an address does where something else is deployed: all connections end.</summary>
    public void MoveTo(int serverPort)
    {
        Refuse();
        _server = new IPEndPoint(IPAddress.Loopback, serverPort);
        Restart();
    }

    public async ValueTask DisposeAsync()
    {
        Refuse();
        Task[] work;
        lock (_lock)
        {
            work = [.. _work];
        }

        await Task.WhenAll(work);
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Begin(AcceptAsync(listener, _gone.Token));
        return listener;
    }

    private void Begin(Task work)
    {
        lock (_lock)
        {
            _work.Add(work);
        }
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken gone)
    {
        try
        {
            while (true)
            {
                Begin(ServeAsync(await listener.AcceptSocketAsync(gone), gone));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is gone: that is one of the things that it is for.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken gone)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(_server, gone);
                await await Task.WhenAny(
                    PumpAsync(client, server, Direction.FromClient, gone), PumpAsync(server, client, Direction.ToClient, gone));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Either side may go at any time.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Direction direction, CancellationToken gone)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, gone)) > 0)
        {
            var passing = CountPassing(count, direction);
            await SendAsync(to, buffer.AsMemory(0, passing), gone);
            if (passing < count)
            {
                await StrikeAsync(from, to, gone);
                return;
            }
        }
    }

    private int CountPassing(int count, Direction direction)
    {
        lock (_lock)
        {
            if (_fault is null or { Kind: FaultKind.Trickle } || _fault.Direction != direction)
            {
                return count;
            }

            var passing = (int)Math.Min(count, _bytesLeft);
            _bytesLeft -= passing;
            return passing;
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken gone)
    {
        var size = _fault is { Kind: FaultKind.Trickle } ? 1 : Math.Max(bytes.Length, 1);
        for (var sent = 0; sent < bytes.Length; sent += size)
        {
            await to.SendAsync(bytes.Slice(sent, Math.Min(size, bytes.Length - sent)), gone);
        }
    }

    private async Task StrikeAsync(Socket from, Socket to, CancellationToken gone)
    {
        var fault = TakeFault();
        _struck.TrySetResult();
        switch (fault?.Kind)
        {
            case FaultKind.Reset:
                Reset(from);
                Reset(to);
                break;
            case FaultKind.Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, gone);
                break;
            case FaultKind.Death:
                Refuse();
                break;
        }
    }

    private Fault? TakeFault()
    {
        lock (_lock)
        {
            var fault = _fault;
            _fault = fault is { Times: > 1 } ? fault with { Times = fault.Times - 1 } : null;
            _bytesLeft = _fault?.AfterBytes ?? 0;
            return fault;
        }
    }

    /// <summary>Closes a connection as a crash does, so that the other side does not even hear of an end.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}

/// <summary>What happens to a connection.</summary>
/// <param name="Kind">What.</param>
/// <param name="AfterBytes">After how many bytes of a direction.</param>
public sealed record Fault(FaultKind Kind, long AfterBytes = 0)
{
    /// <summary>Whose bytes count.</summary>
    public Direction Direction { get; init; } = Direction.ToClient;

    /// <summary>How often it happens.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>The ways in which connections fail.</summary>
public enum FaultKind
{
    /// <summary>Both sides see it broken in the middle of a message.</summary>
    Reset,

    /// <summary>It stays open, and nothing comes any more.</summary>
    Stall,

    /// <summary>Everything comes, byte by byte.</summary>
    Trickle,

    /// <summary>All connections end, and new ones are refused.</summary>
    Death,
}

/// <summary>The two ways that bytes go.</summary>
public enum Direction
{
    FromClient,
    ToClient,
}

using System.Net;
using System.Net.Sockets;
using PachUp.Pachyderm.Connections;

namespace PachUp.Testing;

/// <summary>A proxy between PachUp and a server on this machine. It simulates faults of networks and crashes.</summary>
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

    /// <summary>The address for clients.</summary>
    public ClusterAddress Address => new() { Host = "127.0.0.1", Port = Port, Origin = "--source" };

    /// <summary>Completes when the fault has happened for the first time.</summary>
    public Task Struck => _struck.Task;

    /// <summary>Starts the proxy.</summary>
    /// <param name="serverPort">The port of the server on this machine.</param>
    /// <param name="fault">The fault; null for none.</param>
    public static FaultyProxy Start(int serverPort, Fault? fault = null) => new(new IPEndPoint(IPAddress.Loopback, serverPort), fault);

    /// <summary>Ends all connections and refuses new ones.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _gone.Cancel();
            _listener.Stop();
        }
    }

    /// <summary>Listens again after <see cref="Refuse"/> or <see cref="FaultKind.Death"/>, without further faults.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _fault = null;
            _gone = new CancellationTokenSource();
            _listener = Listen(Port);
        }
    }

    /// <summary>Forwards to another server from now on, as if another server were deployed at the address. All connections end.</summary>
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
            // The proxy refuses connections, as the test requested.
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
                // Each side may close its connection at any time.
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

    /// <summary>Closes a connection with a reset, like a crash.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}

/// <summary>A fault of a connection.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="AfterBytes">The number of bytes in one direction before the fault.</param>
public sealed record Fault(FaultKind Kind, long AfterBytes = 0)
{
    /// <summary>The direction whose bytes are counted.</summary>
    public Direction Direction { get; init; } = Direction.ToClient;

    /// <summary>How many times the fault happens.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>The kinds of faults.</summary>
public enum FaultKind
{
    /// <summary>The connection is reset in the middle of a message.</summary>
    Reset,

    /// <summary>The connection stays open without traffic.</summary>
    Stall,

    /// <summary>Everything arrives slowly, byte by byte.</summary>
    Trickle,

    /// <summary>All connections end, and new ones are refused.</summary>
    Death,
}

/// <summary>The directions of a connection.</summary>
public enum Direction
{
    FromClient,
    ToClient,
}

using System.Collections.Concurrent;
using System.Net.Sockets;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Limits how long a call waits for its next message. Only messages of calls count. Bytes of the connection do not: HTTP/2 pings of a server or a proxy keep a
/// connection alive although nobody answers the calls on it.
/// </summary>
internal sealed class CallWatch(TimeProvider time)
{
    // A limit is counted in parts. If this process was stopped (SIGSTOP, a machine without free processors), that costs one part, not the whole limit.
    internal const int Parts = 20;

    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private long _lastMessage = time.GetTimestamp();

    /// <summary>Adds a new connection.</summary>
    public void Add(Socket connection)
    {
        foreach (var closed in _open.Keys.Where(known => known.SafeHandle.IsClosed))
        {
            _open.TryRemove(closed, out _);
        }

        _open[connection] = true;
    }

    /// <summary>Waits until a message arrives or is taken.</summary>
    /// <param name="message">The message.</param>
    /// <param name="limit">How long the call waits for it.</param>
    /// <exception cref="StalledException">It took too long. If no other call got a message in this time, all connections are closed, so that the next call opens a new one.</exception>
    public async Task<T> WaitAsync<T>(Task<T> message, TimeSpan limit)
    {
        var began = time.GetTimestamp();
        for (var part = 0; part < Parts && !message.IsCompleted; part++)
        {
            await ((Task)message).WaitAsync(limit / Parts, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!message.IsCompleted)
        {
            CloseIfSilentSince(began);
            throw new StalledException();
        }

        var taken = await message.ConfigureAwait(false);
        Volatile.Write(ref _lastMessage, time.GetTimestamp());
        return taken;
    }

    private void CloseIfSilentSince(long moment)
    {
        if (Volatile.Read(ref _lastMessage) > moment)
        {
            return;
        }

        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }
    }
}

/// <summary>A call waited too long for its next message.</summary>
internal sealed class StalledException : Exception;

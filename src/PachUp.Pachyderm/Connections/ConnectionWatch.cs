using System.Collections.Concurrent;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Records when the connections of a client last received or sent a byte. A slow transfer may take any time. A transfer without progress is
/// reported as stalled.
/// </summary>
internal sealed class ConnectionWatch(TimeProvider time)
{
    private readonly ConcurrentDictionary<WatchedStream, bool> _open = [];
    private long _lastMove = time.GetTimestamp();

    /// <summary>Wraps a connection. It reports its traffic here until it is disposed.</summary>
    public WatchedStream Watch(Stream connection)
    {
        var watched = new WatchedStream(connection, this);
        _open[watched] = true;
        return watched;
    }

    /// <summary>Records that bytes were received or sent.</summary>
    public void Moved() => Volatile.Write(ref _lastMove, time.GetTimestamp());

    /// <summary>Removes a closed connection.</summary>
    public void Forget(WatchedStream connection) => _open.TryRemove(connection, out _);

    /// <summary>Waits for the result of a call, as long as the connections have traffic.</summary>
    /// <exception cref="StalledException">There was no traffic for this time. All connections are closed, so all other calls fail too.</exception>
    public async Task<T> WaitAsync<T>(Task<T> work, TimeSpan limit)
    {
        var started = time.GetTimestamp();
        while (!work.IsCompleted && limit - StillSince(started) is { Ticks: > 0 } left)
        {
            await ((Task)work).WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!work.IsCompleted)
        {
            Break();
            throw new StalledException(limit);
        }

        return await work.ConfigureAwait(false);
    }

    /// <summary>Closes the connections if they had no traffic for this time, so that the next call opens a new connection.</summary>
    public void BreakIfStill(TimeSpan limit)
    {
        if (time.GetElapsedTime(Volatile.Read(ref _lastMove)) >= limit)
        {
            Break();
        }
    }

    private TimeSpan StillSince(long started) => time.GetElapsedTime(Math.Max(started, Volatile.Read(ref _lastMove)));

    private void Break()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }
    }
}

/// <summary>A connection had no traffic.</summary>
/// <param name="limit">For how long.</param>
internal sealed class StalledException(TimeSpan limit) : Exception
{
    public TimeSpan Limit => limit;
}

using System.Collections.Concurrent;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Knows when a byte last came or went on the connections of a client. A transfer that is slow goes on as long as it moves at all; one that
/// stands still is noticed without a limit on how long the whole may take.
/// </summary>
internal sealed class ConnectionWatch(TimeProvider time)
{
    private readonly ConcurrentDictionary<WatchedStream, bool> _open = [];
    private long _lastMove = time.GetTimestamp();

    /// <summary>A connection that reports here until it is disposed.</summary>
    public WatchedStream Watch(Stream connection)
    {
        var watched = new WatchedStream(connection, this);
        _open[watched] = true;
        return watched;
    }

    /// <summary>Bytes came or went.</summary>
    public void Moved() => Volatile.Write(ref _lastMove, time.GetTimestamp());

    /// <summary>A connection is no more.</summary>
    public void Forget(WatchedStream connection) => _open.TryRemove(connection, out _);

    /// <summary>Waits for something that comes over the connections, as long as they move.</summary>
    /// <exception cref="StalledException">They did not for this long. They are broken then: whatever else uses them fails as well.</exception>
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

    /// <summary>Breaks the connections if they have not moved for this long, so that the next call makes a new one.</summary>
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

/// <summary>Nothing moved on a connection.</summary>
/// <param name="limit">For how long.</param>
internal sealed class StalledException(TimeSpan limit) : Exception
{
    public TimeSpan Limit => limit;
}

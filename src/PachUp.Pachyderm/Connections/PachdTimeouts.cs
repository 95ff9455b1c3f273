namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Time limits for calls to a server. Calls with one answer have a total limit. A stream may take any time as long as its messages come. Pings and other bytes
/// of the connection do not count.
/// </summary>
public sealed record PachdTimeouts
{
    /// <summary>The default limits.</summary>
    public static PachdTimeouts Default { get; } = new();

    /// <summary>
    /// The time limit of short calls, which every server answers immediately. PachUp makes a short call before every long call, so that it detects within
    /// this time that a server does not answer. More than zero.
    /// </summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The time limit of a call with one answer, which takes time on a large cluster. More than zero.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The time limit of the calls that go through all files of a commit or through all metadata without a message in between: FinishCommit and Fsck.
    /// </summary>
    public TimeSpan LongCall => 12 * Call;

    /// <summary>How long a stream may wait for its next message before it counts as stalled. A message has at most 20 MiB. More than zero.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long reading calls are repeated after a server stops answering or reports that it is temporarily unavailable. Zero means never. Calls that
    /// change a cluster are not repeated, except calls that can safely be repeated.
    /// </summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause before the first repeated attempt. Later pauses grow to 10 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Receives reports when PachUp starts to repeat a call, and when the server answers again; null for none.</summary>
    public IProgress<PachdOutage>? Outages { get; init; }
}

/// <summary>A server temporarily does not answer.</summary>
/// <param name="Server">The name of the server in messages: <c>the pachd at localhost:30650</c>.</param>
/// <param name="Reason">The first failure, in one or two sentences.</param>
/// <param name="Until">When PachUp makes its last attempt.</param>
/// <param name="Attempts">The number of failed attempts, from 1.</param>
/// <param name="IsOver">Whether the server answers again.</param>
public sealed record PachdOutage(string Server, string Reason, DateTimeOffset Until, int Attempts, bool IsOver);

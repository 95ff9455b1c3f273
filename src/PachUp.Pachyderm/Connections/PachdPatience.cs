namespace PachUp.Pachyderm.Connections;

/// <summary>How long PachUp waits for a server. There is no limit on how long a call may take while bytes come or go.</summary>
public sealed record PachdPatience
{
    /// <summary>What holds where nobody says otherwise.</summary>
    public static PachdPatience Default { get; } = new();

    /// <summary>
    /// How long a call may take that any server answers at once. Before every other call such a call is made, so that nobody answering is
    /// noticed within this time. More than zero.
    /// </summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long no byte may come or go while any other call waits, before it counts as stalled. More than zero.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long reading calls are tried again after a server that answered before stops answering, or says that it cannot for now. Zero for
    /// never. Calls that change a cluster are never tried again, except those that are harmless to repeat.
    /// </summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause before the first further attempt; the pauses after it grow to ten seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The clock that all of this is measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Is told when attempts begin to be repeated, and when the server answers again; null for nobody.</summary>
    public IProgress<PachdOutage>? Outages { get; init; }
}

/// <summary>A server does not answer for a while.</summary>
/// <param name="Server">Which one, as a sentence names it: <c>the pachd at localhost:30650</c>.</param>
/// <param name="Reason">What went wrong first, in one or two sentences.</param>
/// <param name="Until">When the last further attempt begins.</param>
/// <param name="Attempts">How many attempts failed so far, from 1.</param>
/// <param name="IsOver">Whether it answers again.</param>
public sealed record PachdOutage(string Server, string Reason, DateTimeOffset Until, int Attempts, bool IsOver);

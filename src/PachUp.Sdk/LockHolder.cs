namespace PachUp.Sdk;

/// <summary>Who holds the lock of a cluster: the process that carries out a run.</summary>
public sealed record LockHolder
{
    /// <summary>The id of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The directory of the run, on the machine of the process.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>The user who started the process.</summary>
    public required string User { get; init; }

    /// <summary>The machine that it runs on.</summary>
    public required string Host { get; init; }

    /// <summary>Its number there.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it was started: the system gives the number of a process that has ended to another one.</summary>
    public required DateTimeOffset ProcessStarted { get; init; }

    /// <summary>Since when it holds the lock.</summary>
    public required DateTimeOffset Since { get; init; }
}

using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

/// <summary>The holder of a cluster's lock: the process that carries out a run. Two of them are equal if they are the same run in the same process.</summary>
public sealed record LockHolder
{
    /// <summary>The id of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The directory of the run, on the machine of the process.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>The user who started the process.</summary>
    public required string User { get; init; }

    /// <summary>The machine on which it runs.</summary>
    public required string Host { get; init; }

    /// <summary>Its process id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it was started. The operating system reuses process ids, so this tells whether it is the same process.</summary>
    public required DateTimeOffset ProcessStarted { get; init; }

    /// <summary>Since when it holds the lock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// The pipelines of the cluster that ran before the run stopped any. If the run does not end, the next one knows from them what it has to start again,
    /// wherever the files of the run are.
    /// </summary>
    public ImmutableArray<string> Pipelines { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(LockHolder? other) => other is not null
        && (Run, User, Host, ProcessId, ProcessStarted) == (other.Run, other.User, other.Host, other.ProcessId, other.ProcessStarted);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Run, User, Host, ProcessId, ProcessStarted);
}

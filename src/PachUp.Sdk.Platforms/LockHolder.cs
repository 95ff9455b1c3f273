using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

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

    /// <summary>
    /// The job of a platform that the process is part of, as <see cref="RemoteRun.JobVariable"/> names it; empty for none. The files of its run are where the
    /// jobs of that platform keep them, not on its machine.
    /// </summary>
    public string Job { get; init; } = "";

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

    /// <summary>The directory that its machine's users share for locks, if the run was given one; empty for the machine's own.</summary>
    public string LockDirectory { get; init; } = "";

    /// <summary>The step that the run has begun last; empty before its first step.</summary>
    public string Step { get; init; } = "";

    /// <summary>When that step began; null before the first step.</summary>
    public DateTimeOffset? StepSince { get; init; }

    /// <summary>The step and since when, in words; empty before the first step.</summary>
    [JsonIgnore]
    public string InStep => StepSince is { } since ? string.Create(CultureInfo.InvariantCulture, $"{Step} (since {since.UtcDateTime:HH:mm:ss} UTC)") : Step;

    /// <inheritdoc/>
    public bool Equals(LockHolder? other) => other is not null
        && (Run, User, Host, ProcessId, ProcessStarted) == (other.Run, other.User, other.Host, other.ProcessId, other.ProcessStarted);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Run, User, Host, ProcessId, ProcessStarted);
}

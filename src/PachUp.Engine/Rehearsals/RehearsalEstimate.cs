using System.Collections.Immutable;

namespace PachUp.Engine.Rehearsals;

/// <summary>The estimated time and disk space of the real run.</summary>
public sealed record RehearsalEstimate
{
    /// <summary>The shortest expected time, without manual work and deployments.</summary>
    public required TimeSpan LeastTime { get; init; }

    /// <summary>The longest expected time, without manual work and deployments.</summary>
    public required TimeSpan MostTime { get; init; }

    /// <summary>The size in bytes of the objects that go through this machine; 0 if they stay in the bucket.</summary>
    public required long ObjectBytes { get; init; }

    /// <summary>The smallest expected size of the archive, in bytes; null if the plan writes no archive.</summary>
    public long? LeastArchiveBytes { get; init; }

    /// <summary>The largest expected size of the archive, in bytes; null if the plan writes no archive.</summary>
    public long? MostArchiveBytes { get; init; }

    /// <summary>The free space on the disk of the state directory, in bytes; null if unknown.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Whether the archive may not fit on that disk.</summary>
    public bool MayNotFit => MostArchiveBytes > FreeBytes;

    /// <summary>Sentences about the measurements and assumptions of the estimate.</summary>
    public ImmutableArray<string> Basis { get; init; } = [];
}

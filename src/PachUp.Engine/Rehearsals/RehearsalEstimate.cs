using System.Collections.Immutable;

namespace PachUp.Engine.Rehearsals;

/// <summary>What the real run will take, as far as a rehearsal can tell.</summary>
public sealed record RehearsalEstimate
{
    /// <summary>The least time that the work takes. Waiting for people and for deployments is not in it.</summary>
    public required TimeSpan LeastTime { get; init; }

    /// <summary>The most time.</summary>
    public required TimeSpan MostTime { get; init; }

    /// <summary>How many bytes of objects go through this machine; 0 where they stay in the bucket.</summary>
    public required long ObjectBytes { get; init; }

    /// <summary>The smallest size of the archive; null where the plan writes none.</summary>
    public long? LeastArchiveBytes { get; init; }

    /// <summary>The largest size of the archive.</summary>
    public long? MostArchiveBytes { get; init; }

    /// <summary>How much room the disk of the state directory has; null where nobody can tell.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Whether the archive may not fit on that disk.</summary>
    public bool MayNotFit => MostArchiveBytes > FreeBytes;

    /// <summary>What these figures rest on, in sentences.</summary>
    public ImmutableArray<string> Basis { get; init; } = [];
}

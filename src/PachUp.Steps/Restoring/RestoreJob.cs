using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Steps.Restoring;

/// <summary>What to restore, and into which cluster.</summary>
internal sealed record RestoreJob
{
    /// <summary>The target.</summary>
    public required PachdClient Client { get; init; }

    /// <summary>The state of the target before the restore.</summary>
    public required TargetState Target { get; init; }

    /// <summary>
    /// Opens the stream, rewritten for the target. After an interruption it is opened again and must contain the same bytes.
    /// </summary>
    public required Func<CancellationToken, IAsyncEnumerable<Operation>> Open { get; init; }

    /// <summary>Counts the operations of the source for the progress; null if it is not worth counting them.</summary>
    public StreamCount? Count { get; init; }

    /// <summary>
    /// Called after pipelines were created and before anything else is sent, to stop those that must not run. Streams of 1.9.6 and later contain
    /// pipelines in several places, so it may be called more than once.
    /// </summary>
    public Func<CancellationToken, Task> AfterPipelines { get; init; } = _ => Task.CompletedTask;

    /// <summary>Called once, after the call with the first commit that has files, before more is sent.</summary>
    public Func<ComparedCommit, CancellationToken, Task> AfterFirstCommit { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The number of the pass, if a step sends several streams after each other; 0 for its only stream.</summary>
    public int Pass { get; init; }

    /// <summary>The repos that the target had before. Every other one that this stream does not create is somebody else's. Null if clients use the target already.</summary>
    public IReadOnlySet<string>? ReposBefore { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The largest size of one call.</summary>
    public RestoreLimits Limits { get; init; } = RestoreLimits.Default;
}

using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Steps.Restoring;

/// <summary>What is restored, and into which cluster.</summary>
internal sealed record RestoreJob
{
    /// <summary>The target.</summary>
    public required PachdClient Client { get; init; }

    /// <summary>The target as it was found.</summary>
    public required TargetState Target { get; init; }

    /// <summary>
    /// Opens the stream, rewritten for the target. It is opened again after an interruption, and has to be the same then, byte for byte.
    /// </summary>
    public required Func<CancellationToken, IAsyncEnumerable<Operation>> Open { get; init; }

    /// <summary>
    /// Called where pipelines were made and before anything else is sent, for those that are not to run. Streams from 1.9.6 on have pipelines in
    /// several places, so doing it twice has to be harmless.
    /// </summary>
    public Func<CancellationToken, Task> AfterPipelines { get; init; } = _ => Task.CompletedTask;

    /// <summary>Called once, when the call has arrived that has the first commit with files in it, before more is sent.</summary>
    public Func<ComparedCommit, CancellationToken, Task> AfterFirstCommit { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>How much goes into one call.</summary>
    public RestoreLimits Limits { get; init; } = RestoreLimits.Default;
}

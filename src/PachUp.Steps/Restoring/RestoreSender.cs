using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Sends a stream as a sequence of bounded <c>Restore</c> calls and writes each down before it is made and when it is acknowledged. After an
/// interruption only the last call is in doubt: the target is asked what of it has arrived, and nothing that has arrived is sent again.
/// </summary>
/// <param name="job">What is restored, and where.</param>
/// <param name="execution">The step that restores; its checkpoints are the memory.</param>
internal sealed class RestoreSender(RestoreJob job, IStepExecution execution)
{
    /// <summary>How long a call may go on after somebody asked to stop; then it is broken off, and in doubt.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly BatchLedger _ledger = new(execution, job.Target.ClusterId);

    /// <summary>A target that somebody has emptied holds nothing of what arrived before.</summary>
    private StreamPosition? ArrivedUpTo => _ledger.ArrivedUpTo is { } position && (position.Repos == 0 || !job.Target.IsEmpty) ? position : null;

    /// <summary>Sends what has not arrived yet.</summary>
    /// <param name="cancellationToken">Asks to stop: the call that is being made is ended where it can be, and recorded.</param>
    /// <returns>How many operations the target has now.</returns>
    /// <exception cref="StepFailedException">The stream is not the one that was begun with, or somebody else changed the target.</exception>
    public async Task<long> SendAsync(CancellationToken cancellationToken)
    {
        await ResolveDoubtAsync(cancellationToken);
        using var breakOff = new CancellationTokenSource();
        using var patience = cancellationToken.Register(() => breakOff.CancelAfter(Grace));
        await using var stream = new OperationStream(job.Open(breakOff.Token));
        await SkipArrivedAsync(stream, cancellationToken);
        var hasShownFiles = false;
        while (await PeekBehindPipelinesAsync(stream, cancellationToken) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ledger.Begin(job.Limits);
            await job.Client.RestoreAsync(TakeBatchAsync(stream, () => cancellationToken.IsCancellationRequested), breakOff.Token);
            _ledger.Arrive(stream.Position);
            if (!hasShownFiles && stream.FirstCommit is { } first)
            {
                await job.AfterFirstCommit(first, cancellationToken);
                hasShownFiles = true;
            }
        }

        return stream.Taken;
    }

    /// <summary>What comes next, with everything done that has to be done between pipelines and what follows them.</summary>
    private async Task<Operation?> PeekBehindPipelinesAsync(OperationStream stream, CancellationToken cancellationToken)
    {
        var next = await stream.PeekAsync();
        if (stream.EndsPipelines(next))
        {
            await job.AfterPipelines(cancellationToken);
        }

        return next;
    }

    private async Task ResolveDoubtAsync(CancellationToken cancellationToken)
    {
        if (_ledger.InDoubt is not { } limits)
        {
            return;
        }

        await using var stream = new OperationStream(job.Open(cancellationToken));
        await SkipArrivedAsync(stream, cancellationToken);
        var begin = stream.Position;
        var items = await DoubtfulCall.ReadAsync(stream, limits);
        if (!(await job.Client.FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            items = [.. items.Select(item => item.WithoutObjects())];
        }

        execution.Progress.Report(new StepProgress("asking the target what has arrived"));
        var sight = await new TargetReader(job.Client, items).LookUntilSettledAsync(execution, cancellationToken);
        var count = ArrivedPart.CountOf(items, sight);
        _ledger.Arrive(count == 0 ? begin : items[count - 1].End);
    }

    /// <summary>Reads past what has arrived and makes sure that it is what was sent.</summary>
    private async Task SkipArrivedAsync(OperationStream stream, CancellationToken cancellationToken)
    {
        if (ArrivedUpTo is not { } arrived)
        {
            return;
        }

        while (stream.Taken < arrived.Operations && await stream.TakeAsync() is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (stream.Position != arrived)
        {
            throw NotTheSameStream(arrived, stream.Position);
        }
    }

    /// <summary>The operations of one call: up to its limits, or to the next place where it can end once somebody asks to stop.</summary>
    private async IAsyncEnumerable<Operation> TakeBatchAsync(OperationStream stream, Func<bool> isAskedToStop)
    {
        var meter = new BatchMeter(stream, job.Limits);
        while (await stream.PeekAsync() is { } next && !meter.EndsBefore(next) && !(meter.MayEnd && isAskedToStop()))
        {
            await stream.TakeAsync();
            meter.Add(next);
            execution.Progress.Report(new StepProgress(Describe(next), stream.Taken, Unit: "operations"));
            yield return next;
        }
    }

    private static string Describe(Operation operation) => operation.Kind switch
    {
        OperationKind.Object or OperationKind.Block or OperationKind.CreateObject or OperationKind.Tag => "sending objects",
        OperationKind.Commit or OperationKind.Branch => "sending commits and branches",
        OperationKind.Job => "sending jobs",
        _ => "sending repos and pipelines",
    };

    private static StepFailedException NotTheSameStream(StreamPosition arrived, StreamPosition found) => StepFailedException.Refused(
        $"what would be sent now is not what was sent before: of the first {arrived.Operations} operations the hash was {arrived.Sha256}, "
            + $"now it is {found.Sha256} after {found.Operations}",
        "Put back the archive and the plugins that the run was begun with. Where they are lost, deploy the target again on fresh metadata storage and "
            + "begin a new run; the source is complete.");
}

using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Sends a stream as a sequence of <c>Restore</c> calls of limited size. It records each call before it makes it and after the server has
/// acknowledged it. After an interruption only the last call is unconfirmed: PachUp asks the target which part of it has arrived, and sends no
/// operation twice.
/// </summary>
/// <param name="job">What to restore, and where.</param>
/// <param name="execution">The step that restores; its checkpoints are the record.</param>
internal sealed class RestoreSender(RestoreJob job, IStepExecution execution)
{
    /// <summary>How long a call may continue after a request to stop; then it is cancelled and is unconfirmed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly BatchLedger _ledger = new(execution, job.Target.ClusterId, job.Pass);
    private readonly TargetWatch _watch = new(job.Client);
    private string _text = "sending operations";

    /// <summary>The confirmed position; none if the target was emptied after the calls were confirmed.</summary>
    private StreamPosition? ArrivedUpTo => _ledger.ArrivedUpTo is { } position && (position.Repos == 0 || !job.Target.IsEmpty) ? position : null;

    /// <summary>Sends what has not arrived yet.</summary>
    /// <param name="cancellationToken">Asks to stop: the current call ends at the next possible place and is recorded.</param>
    /// <returns>The number of operations that the target has now.</returns>
    /// <exception cref="StepFailedException">The stream is not the one that was started with, or another client changed the target.</exception>
    public async Task<long> SendAsync(CancellationToken cancellationToken)
    {
        await ResolveDoubtAsync(cancellationToken);
        using var abort = new CancellationTokenSource();
        using var grace = cancellationToken.Register(() => abort.CancelAfter(Grace));
        await using var stream = new OperationStream(job.Open(abort.Token));
        await SkipArrivedAsync(stream, cancellationToken);
        var hasShownFiles = false;
        while (await PeekBehindPipelinesAsync(stream, cancellationToken) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The look comes after the record: what it finds may be a call of this run that arrived late, which the next resume then asks for.
            _ledger.Begin(job.Limits);
            await ThrowIfForeignAsync(stream, abort.Token);
            await job.Client.RestoreAsync(TakeBatchAsync(stream, () => cancellationToken.IsCancellationRequested), abort.Token);
            _ledger.Arrive(stream.Position);
            if (!hasShownFiles && stream.FirstCommit is { } first)
            {
                await job.AfterFirstCommit(first, cancellationToken);
                hasShownFiles = true;
            }
        }

        if (job.Count is not null)
        {
            // The last operation counts only when the stream has ended.
            Report(_text, stream.Taken);
        }

        return stream.Taken;
    }

    private async Task ThrowIfForeignAsync(OperationStream stream, CancellationToken cancellationToken)
    {
        if (job.ReposBefore is { } before)
        {
            await _watch.ThrowIfForeignAsync(stream.CreatedRepos.Union(before).ToHashSet(StringComparer.Ordinal), cancellationToken);
        }
    }

    private void Report(string text, long taken)
    {
        _text = text;
        execution.Progress.Report(job.Count?.Progress(text) ?? new StepProgress(text, taken, Unit: "operations"));
    }

    /// <summary>The next operation. Before it returns, it does what has to happen between pipelines and the operations after them.</summary>
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
        var items = await UnconfirmedCall.ReadAsync(stream, limits);
        if (!(await job.Client.FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            items = [.. items.Select(item => item.WithoutObjects())];
        }

        execution.Progress.Report(new StepProgress("asking the target what has arrived"));
        var sight = await new TargetReader(job.Client, items).LookUntilSettledAsync(execution, cancellationToken);
        var count = ArrivedItems.CountOf(items, sight);
        _ledger.Arrive(count == 0 ? begin : items[count - 1].End);
    }

    /// <summary>Reads past the operations that have arrived and checks that they are those that were sent.</summary>
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

    /// <summary>The operations of one call: up to its limits, or after a request to stop up to the next place where it can end.</summary>
    private async IAsyncEnumerable<Operation> TakeBatchAsync(OperationStream stream, Func<bool> isAskedToStop)
    {
        var meter = new BatchMeter(stream, job.Limits);
        while (await stream.PeekAsync() is { } next && !meter.EndsBefore(next) && !(meter.MayEnd && isAskedToStop()))
        {
            await stream.TakeAsync();
            meter.Add(next);
            Report(Describe(next), stream.Taken);
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
        $"the operations to send now differ from those that were sent before: the SHA-256 of the first {arrived.Operations} operations was {arrived.Sha256}, "
            + $"now it is {found.Sha256} after {found.Operations} operations",
        "Restore the archive and the plugins with which the run was started. If they are lost, deploy the target again on fresh metadata storage and "
        + "start a new run. The source is complete.");
}

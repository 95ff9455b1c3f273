using PachUp.Common;
using PachUp.Common.Text;
using PachUp.Engine.Lookups;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>The state of a run while it is carried out.</summary>
/// <param name="plan">Its plan.</param>
/// <param name="run">Its directory.</param>
/// <param name="journal">Its journal.</param>
/// <param name="observer">Observes it.</param>
/// <param name="time">The clock.</param>
internal sealed class RunInProgress(PlannedMigration plan, RunDirectory run, Journal journal, IRunObserver observer, TimeProvider time)
{
    private readonly LateWriteWatch _watch = new(plan, run, time);
    private bool _hasJustLooked;

    public PlannedMigration Plan => plan;

    public RunDirectory Run => run;

    public Journal Journal => journal;

    public IRunObserver Observer => observer;

    /// <summary>The values of look-ups, with the outputs of the steps so far.</summary>
    public required LookupScope Scope { get; set; }

    /// <summary>Whether no further step is done.</summary>
    public bool HasStopped { get; set; }

    /// <summary>What stopped it; null for nothing, and for the user.</summary>
    public StepFailedException? Failure { get; private set; }

    /// <summary>Whether the plan says that the run is rolled back now.</summary>
    public bool RollsBack { get; set; }

    public StepExecution ExecutionOf(PlanStep step)
    {
        _hasJustLooked = false;
        return StepExecution.Of(step, plan, run, journal, observer, time);
    }

    /// <summary>Stops the run.</summary>
    public void StopFor(StepFailedException failure) => (HasStopped, Failure) = (true, failure);

    /// <summary>Looks at the source if the run stopped for late writes before. A catch-up looks by itself.</summary>
    public Task LookFirstAsync(RunState state, CancellationToken cancellationToken) => LookIfAsync(state.CatchUp is null && _watch.LooksFirst, "", cancellationToken);

    /// <summary>Looks at the source if that is due before a step.</summary>
    public Task LookBeforeAsync(PlanStep step, CancellationToken cancellationToken) => LookIfAsync(_watch.LooksBefore(step), step.Id, cancellationToken);

    /// <summary>Looks at the source if that is due after a step.</summary>
    public Task LookAfterAsync(PlanStep step, CancellationToken cancellationToken) =>
        LookIfAsync(LateWriteWatch.LooksAfter(step) || (step == plan.Document.Steps[^1] && _watch.LooksAtEnd(RunState.Of(journal.Records))), step.Id, cancellationToken);

    /// <summary>Looks at the source when all steps are done, unless the last of them ended with a look.</summary>
    public Task LookAtEndAsync(CancellationToken cancellationToken) =>
        LookIfAsync(!_hasJustLooked && _watch.LooksAtEnd(RunState.Of(journal.Records)), "", cancellationToken);

    private async Task LookIfAsync(bool isDue, string step, CancellationToken cancellationToken)
    {
        if (!isDue || HasStopped || _watch.IsSourceReplaced(RunState.Of(journal.Records)))
        {
            return;
        }

        try
        {
            await LookAsync(new InlineProgress<StepProgress>(news => observer.Progressed(step, news)), cancellationToken);
            _hasJustLooked = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            HasStopped = true;
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            StopFor(failure);
        }
    }

    private async Task LookAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (await _watch.TryLookAsync(progress, cancellationToken) is not { } report)
        {
            return;
        }

        if (report.IsFound)
        {
            journal.TryAppend(JournalEvent.LateWritesFound, text: report.Sentence);
            observer.LateWritesFound(report);
            StopFor(_watch.Failure(report));
        }
        else if (report.NotLooked is not null && !_watch.IsSourceRemoved(RunState.Of(journal.Records)))
        {
            observer.Noted(Words.AsSentence(report.Sentence));
        }
    }
}

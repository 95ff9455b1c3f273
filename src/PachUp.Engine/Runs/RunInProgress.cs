using PachUp.Common;
using PachUp.Common.Text;
using PachUp.Engine.Lookups;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Runs;

/// <summary>The state of a run while it is carried out.</summary>
/// <param name="plan">Its plan.</param>
/// <param name="run">Its directory.</param>
/// <param name="journal">Its journal.</param>
/// <param name="observer">Observes it.</param>
/// <param name="time">The clock.</param>
internal sealed class RunInProgress(PlannedMigration plan, RunDirectory run, Journal journal, IRunObserver observer, TimeProvider time)
{
    /// <summary>How often the source is extracted again, before the run stops because it changes all the time.</summary>
    private const int MostExtractsAgain = 3;

    private readonly LateWriteWatch _watch = new(plan, run, time);
    private readonly Dictionary<string, StepOutcome> _outcomes = [];
    private int _extractsAgain;
    private bool _hasJustLooked;

    public PlannedMigration Plan => plan;

    public RunDirectory Run => run;

    public Journal Journal => journal;

    public IRunObserver Observer => observer;

    /// <summary>The values of look-ups, with the outputs of the steps so far.</summary>
    public required LookupScope Scope { get; set; }

    /// <summary>The locks of its clusters.</summary>
    public required ClusterLocks Locks { get; init; }

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

    /// <summary>Notes how a step ended.</summary>
    public void End(StepOutcome outcome)
    {
        _outcomes[outcome.Id] = outcome;
        observer.StepEnded(outcome);
    }

    /// <summary>How a step ended; pending if it was not begun.</summary>
    public StepOutcome OutcomeOf(PlanStep step) => _outcomes.GetValueOrDefault(step.Id) ?? new(step.Id, step.Step.Name, StepState.Pending, null, "");

    /// <summary>Looks at the source if the run stopped for late writes before. A catch-up looks by itself.</summary>
    public Task LookFirstAsync(RunState state, CancellationToken cancellationToken) => LookIfAsync(state.CatchUp is null && _watch.LooksFirst(state), "", cancellationToken);

    /// <summary>Looks at the source if that is due before a step.</summary>
    /// <returns>The step that has to extract the source again before this step; null for none.</returns>
    public async Task<PlanStep?> LookBeforeAsync(PlanStep step, CancellationToken cancellationToken)
    {
        var extract = _extractsAgain < MostExtractsAgain ? _watch.FindExtractBefore(step) : null;
        return await LookIfAsync(_watch.LooksBefore(step), step.Id, cancellationToken, isMended: extract is not null) ? extract : null;
    }

    /// <summary>Tells that the source is extracted again.</summary>
    public void BeginExtractAgain(PlanStep step) =>
        observer.Noted($"The source was written to after the extract. PachUp extracts it again (step {step.Id}), {++_extractsAgain} of at most {MostExtractsAgain} times.");

    /// <summary>Looks at the source if that is due after a step.</summary>
    public Task LookAfterAsync(PlanStep step, CancellationToken cancellationToken) =>
        LookIfAsync(LateWriteWatch.LooksAfter(step) || (step == plan.Document.Steps[^1] && _watch.LooksAtEnd(RunState.Of(journal.Records))), step.Id, cancellationToken);

    /// <summary>Looks at the source when all steps are done, unless the last of them ended with a look.</summary>
    public Task LookAtEndAsync(CancellationToken cancellationToken) =>
        LookIfAsync(!_hasJustLooked && _watch.LooksAtEnd(RunState.Of(journal.Records)), "", cancellationToken);

    /// <param name="isDue">Whether to look.</param>
    /// <param name="step">The id of the step during which it is done.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <param name="isMended">Whether what was written late does not stop the run, because the caller extracts it.</param>
    /// <returns>Whether something was written late that the caller extracts.</returns>
    private async Task<bool> LookIfAsync(bool isDue, string step, CancellationToken cancellationToken, bool isMended = false)
    {
        if (!isDue || HasStopped || _watch.IsSourceReplaced(RunState.Of(journal.Records)))
        {
            return false;
        }

        try
        {
            var report = await _watch.TryLookAsync(new InlineProgress<StepProgress>(news => observer.Progressed(step, news)), cancellationToken);
            _hasJustLooked = true;
            return report is not null && Judge(report, isMended);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            HasStopped = true;
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            StopFor(failure);
        }

        return false;
    }

    private bool Judge(LateWriteReport report, bool isMended)
    {
        if (report.IsFound)
        {
            journal.TryAppend(JournalEvent.LateWritesFound, text: report.Sentence);
            if (isMended)
            {
                return true;
            }

            observer.LateWritesFound(report);
            StopFor(_watch.Failure(report, RunState.Of(journal.Records)));
        }
        else if (report.NotLooked is not null && !_watch.IsSourceRemoved(RunState.Of(journal.Records)))
        {
            observer.Noted(Words.AsSentence(report.Sentence));
        }

        return false;
    }
}

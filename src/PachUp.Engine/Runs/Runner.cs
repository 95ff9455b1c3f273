using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Lookups;
using PachUp.Engine.Verification;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>
/// Carries out a plan as it was shown: drops the steps that are done, does the others one by one, and writes down each before it begins and
/// after it has ended.
/// </summary>
/// <param name="state">Where runs are kept.</param>
/// <param name="time">The time.</param>
public sealed class Runner(StateDirectory state, TimeProvider time)
{
    /// <summary>Begins a run of a plan and carries it out.</summary>
    /// <param name="plan">The plan; not a refused one.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="ClusterLockedException">Another run is working on the cluster.</exception>
    /// <exception cref="IOException">The state directory cannot be written.</exception>
    public async Task<RunResult> ApplyAsync(PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var run = state.CreateRun(time);
        using var clusterLock = state.Lock(plan.RequireContext().Survey.Source.ClusterId, run.Id);
        await RunRecord.WriteAsync(run, plan, cancellationToken);
        using var journal = Journal.Open(run.File(RunFiles.Journal), time);
        journal.Append(JournalEvent.RunStarted, text: plan.Preview.Hash);
        return await GoOnAsync(plan, run, journal, observer, cancellationToken);
    }

    /// <summary>Goes on with a run that did not finish.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">What <see cref="RunRecord.ReadAsync"/> read from it.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="RunNotResumableException">It is done already, or was rolled back.</exception>
    public async Task<RunResult> ResumeAsync(RunDirectory run, PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        using var clusterLock = state.Lock(plan.RequireContext().Survey.Source.ClusterId, run.Id);
        using var journal = Journal.Open(run.File(RunFiles.Journal), time);
        RunNotResumableException.ThrowUnless(RunState.Of(journal.Records), run);
        journal.Append(JournalEvent.RunResumed);
        return await GoOnAsync(plan, run, journal, observer, cancellationToken);
    }

    private async Task<RunResult> GoOnAsync(PlannedMigration plan, RunDirectory run, Journal journal, IRunObserver observer, CancellationToken cancellationToken)
    {
        var before = RunState.Of(journal.Records);
        var scope = plan.Scope with { Run = new RunIdentity(run.Id, run.Path), Outputs = before.Outputs };
        var outcomes = ImmutableArray.CreateBuilder<StepOutcome>(plan.Document.Steps.Length);
        StepFailedException? failure = null;
        for (var i = 0; i < plan.Document.Steps.Length; i++)
        {
            var step = plan.Document.Steps[i];
            if (outcomes.Any(outcome => outcome.State != StepState.Done))
            {
                outcomes.Add(new StepOutcome(step.Id, step.Step.Name, StepState.Pending, null, ""));
                continue;
            }

            if (before.Steps.GetValueOrDefault(step.Id) != StepState.Done)
            {
                observer.StepStarted(step.Id, i + 1, plan.Document.Steps.Length);
            }

            (var outcome, scope, failure) = before.Steps.GetValueOrDefault(step.Id) == StepState.Done
                ? (new StepOutcome(step.Id, step.Step.Name, StepState.Done, null, "done before"), scope, null)
                : await DoAsync(step, plan, scope, run, journal, observer, cancellationToken);
            observer.StepEnded(outcome);
            outcomes.Add(outcome);
        }

        return Conclude(plan.Preview, run, journal, outcomes.MoveToImmutable(), failure);
    }

    private async Task<(StepOutcome Outcome, LookupScope Scope, StepFailedException? Failure)> DoAsync(
        PlanStep step, PlannedMigration plan, LookupScope scope, RunDirectory run, Journal journal, IRunObserver observer, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        StepOutcome Ended(StepState state, string text) => new(step.Id, step.Step.Name, state, time.GetElapsedTime(started), text);

        var progress = new InlineProgress<StepProgress>(news => observer.Progressed(step.Id, news));
        var execution = new StepExecution(plan.RequireContext(), step.Id, run.Path, progress, time);
        try
        {
            journal.Append(JournalEvent.StepStarted, step.Id);
            var result = await step.Step.ExecuteAsync(step.Arguments.Resolve(scope), execution, cancellationToken);
            journal.Append(new JournalRecord { Seq = 0, Time = default, Event = JournalEvent.StepDone, Step = step.Id, Text = result.Summary, Outputs = result.Outputs });
            return (Ended(StepState.Done, result.Summary), scope.WithOutputs(step.Id, result.Outputs), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            journal.Append(JournalEvent.StepInterrupted, step.Id);
            return (Ended(StepState.Interrupted, "told to stop"), scope, null);
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            TryAppend(journal, JournalEvent.StepFailed, step.Id, failure.Message);
            return (Ended(StepState.Failed, failure.Message), scope, failure);
        }
    }

    private static void TryAppend(Journal journal, JournalEvent journalEvent, string step, string text)
    {
        try
        {
            journal.Append(journalEvent, step, text);
        }
        catch (IOException)
        {
            // The disk that failed the step may fail the journal too; a step that was begun and has no end is resumed all the same.
        }
    }

    private static RunResult Conclude(PlanPreview preview, RunDirectory run, Journal journal, ImmutableArray<StepOutcome> outcomes, StepFailedException? failure)
    {
        var result = new RunResult
        {
            Run = run,
            Outcome = OutcomeOf(outcomes, failure),
            Steps = outcomes,
            Failure = failure,
            Verification = JsonFile.TryRead<VerificationReport>(run.File(RunFiles.Verification)),
        };
        if (result.Outcome == RunOutcome.Done)
        {
            journal.Append(JournalEvent.RunDone);
        }

        TryWriteReport(preview, result);
        return result;
    }

    private static void TryWriteReport(PlanPreview preview, RunResult result)
    {
        try
        {
            PrivateFile.Replace(result.Run.File(RunFiles.Report), System.Text.Encoding.UTF8.GetBytes(RunReport.Write(preview, result)));
        }
        catch (IOException)
        {
            // A full disk must not hide how the run ended; everything in the report is in the run's other files too.
        }
    }

    private static RunOutcome OutcomeOf(ImmutableArray<StepOutcome> outcomes, StepFailedException? failure) => failure?.Kind switch
    {
        FailureKind.Refused => RunOutcome.Refused,
        FailureKind.LossFound => RunOutcome.LossFound,
        FailureKind.Failed => RunOutcome.Failed,
        _ => outcomes.All(outcome => outcome.State == StepState.Done) ? RunOutcome.Done : RunOutcome.Interrupted,
    };
}

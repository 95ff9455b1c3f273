using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Lookups;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Markdown;
using PachUp.Engine.State;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs;

/// <summary>
/// Carries out a plan exactly as shown: skips the steps that are already done, runs the others one by one, and records each step in the journal
/// before it starts and after it ends.
/// </summary>
/// <param name="state">The state directory.</param>
/// <param name="time">The clock.</param>
/// <param name="locks">Options for locks; null for the defaults.</param>
public sealed class Runner(StateDirectory state, TimeProvider time, LockOptions? locks = null)
{
    /// <summary>How many catch-ups follow each other before the user has to ask for another one. Each of them makes several passes.</summary>
    private const int MostCatchUps = 3;

    private readonly LockOptions _locks = locks ?? new LockOptions();

    /// <summary>Observes every record of the journal; null for none.</summary>
    public IJournalWatch? Watch { get; init; }

    /// <summary>Starts a run of a plan.</summary>
    /// <param name="plan">The plan. It must not be refused.</param>
    /// <param name="observer">Observes the run.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="ClusterLockedException">Another run is working on the cluster.</exception>
    /// <exception cref="PluginException">A plugin was changed since it was loaded.</exception>
    /// <exception cref="StepFailedException">The state directory cannot be written. No cluster was changed.</exception>
    public async Task<RunResult> ApplyAsync(PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var run = state.Describe(time);
        var before = new BeforeFirstStep(run);
        await using var held = await before.DoAsync(() => LockAsync(plan, run, observer, cancellationToken, plan.Document.Steps[0].Id));
        using var plugins = before.Do(() => PluginUse.Begin(run, RunOrigin.UsedBy(plan)));
        using var journal = await before.DoAsync(() => CreateAsync(run, plan, cancellationToken));
        observer.RunStarted(run);
        return await GoOnAsync(plan, run, journal, held, observer, cancellationToken);
    }

    /// <summary>Resumes an unfinished run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan of the run, from <see cref="RunRecord.ReadToResumeAsync"/>.</param>
    /// <param name="observer">Observes the run.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="RunNotResumableException">The run is done or was rolled back.</exception>
    public async Task<RunResult> ResumeAsync(RunDirectory run, PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var before = new BeforeFirstStep(run);
        await using var held = await before.DoAsync(() => LockAsync(plan, run, observer, cancellationToken));
        using var plugins = before.Do(() => PluginUse.Begin(run, RunOrigin.UsedBy(plan)));
        using var journal = before.Do(() => Journal.Open(run.File(RunFiles.Journal), time, Watch));
        RunNotResumableException.ThrowUnless(RunState.Of(journal.Records), run);
        before.Do(() => journal.Append(JournalEvent.RunResumed));
        observer.RunStarted(run);
        return await GoOnAsync(plan, run, journal, held, observer, cancellationToken);
    }

    /// <summary>
    /// Carries what was written to the source of a run after the extract, and does what is left of the plan. If something is written again meanwhile, it is
    /// carried as well, a few times.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan of the run, from <see cref="RunRecord.ReadToResumeAsync"/>.</param>
    /// <param name="observer">Observes the run.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="StepFailedException">The run cannot catch up.</exception>
    public async Task<RunResult> CatchUpAsync(RunDirectory run, PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var before = new BeforeFirstStep(run);
        await using var held = await before.DoAsync(() => LockAsync(plan, run, observer, cancellationToken));
        using var plugins = before.Do(() => PluginUse.Begin(run, RunOrigin.UsedBy(plan)));
        using var journal = before.Do(() => Journal.Open(run.File(RunFiles.Journal), time, Watch));
        CatchUps.ThrowUnlessPossible(plan, run, RunState.Of(journal.Records));
        observer.RunStarted(run);
        for (var round = 1; ; round++)
        {
            var state = RunState.Of(journal.Records);
            journal.Append(state.CatchUp is null ? new JournalRecord { Event = JournalEvent.CatchUpStarted, Step = CatchUps.NextId(state) } : new JournalRecord { Event = JournalEvent.RunResumed });
            var result = await GoOnAsync(plan, run, journal, held, observer, cancellationToken);
            if (result.Outcome != RunOutcome.LateWrites || round == MostCatchUps || RunState.Of(journal.Records).CatchUp is not null)
            {
                return result;
            }
        }
    }

    /// <summary>Creates the directory of the run. If something in it cannot be written, removes it.</summary>
    private async Task<Journal> CreateAsync(RunDirectory run, PlannedMigration plan, CancellationToken cancellationToken)
    {
        Journal? journal = null;
        try
        {
            run.Create();
            await RunRecord.WriteAsync(run, plan, DowntimeForecast.TryRead(state, plan.Preview), _locks, cancellationToken);
            journal = Journal.Open(run.File(RunFiles.Journal), time, Watch);
            journal.Append(JournalEvent.RunStarted, text: plan.Preview.Hash);
            return journal;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            journal?.Dispose();
            TryRemove.Directory(run.Path);
            throw;
        }
    }

    private Task<ClusterLocks> LockAsync(PlannedMigration plan, RunDirectory run, IRunObserver observer, CancellationToken cancellationToken, string step = "") =>
        ClusterLocks.TakeAsync(plan, LockHolderProcess.Current(run, time, _locks) with { Step = step }, state, _locks, observer.Noted, cancellationToken);

    private async Task<RunResult> GoOnAsync(
        PlannedMigration plan, RunDirectory run, Journal journal, ClusterLocks held, IRunObserver observer, CancellationToken cancellationToken)
    {
        var before = RunState.Of(journal.Records).Revealing(plan.Document.Redaction);
        var scope = plan.Scope with { Run = new RunIdentity(run.Id, run.Path), Outputs = before.Outputs };
        var work = new RunInProgress(plan, run, journal, observer, time) { Scope = scope, Locks = held };
        var steps = CatchUps.StepsOf(plan, before);
        await work.LookFirstAsync(before, cancellationToken);
        foreach (var step in steps)
        {
            if (CatchUps.IsDone(step, before))
            {
                work.End(new StepOutcome(step.Id, step.Step.Name, StepState.Done, null, "done before"));
            }
            else if (!work.HasStopped)
            {
                await DoAsync(step, steps, work, cancellationToken);
            }
        }

        await work.LookAtEndAsync(cancellationToken);
        await EndOfRun.TellPlatformsAsync(work, cancellationToken);
        return Conclude(work, [.. steps.Select(work.OutcomeOf)]);
    }

    private async Task DoAsync(PlanStep step, ImmutableArray<PlanStep> steps, RunInProgress work, CancellationToken cancellationToken)
    {
        work.Observer.StepStarted(step.Id, steps.IndexOf(step) + 1, steps.Length);
        var started = time.GetTimestamp();
        while (await work.LookBeforeAsync(step, cancellationToken) is { } extract)
        {
            work.BeginExtractAgain(extract);
            await DoAsync(extract, steps, work, cancellationToken);
        }

        var (state, text) = work.HasStopped ? (StepState.Pending, "") : await TryAsync(step, work, cancellationToken);
        await work.LookAfterAsync(step, cancellationToken);
        work.End(new StepOutcome(step.Id, step.Step.Name, state, time.GetElapsedTime(started), text));
    }

    private async Task<(StepState State, string Text)> TryAsync(PlanStep step, RunInProgress work, CancellationToken cancellationToken)
    {
        try
        {
            await work.Locks.BeginStepAsync(step.Id, time.GetUtcNow(), cancellationToken);
            work.Journal.Append(JournalEvent.StepStarted, step.Id);
            var result = await step.Step.ExecuteAsync(step.Arguments.Resolve(work.Scope), work.ExecutionOf(step), cancellationToken);
            work.Journal.AppendDone(step.Id, result with { Outputs = work.Plan.Document.Redaction.Conceal(result.Outputs) });
            work.Scope = work.Scope.WithOutputs(step.Id, result.Outputs);
            return (StepState.Done, result.InWords());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            work.HasStopped = true;
            work.Journal.TryAppend(JournalEvent.StepInterrupted, step.Id);
            return (StepState.Interrupted, "cancelled");
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            work.StopFor(work.Run.Exists
                ? Failures.NotRecorded(failure, work.Journal.TryAppend(JournalEvent.StepFailed, step.Id, failure.Message))
                : RunDirectoryRemoved.Failure(work.Run, step.Id, work.Plan, work.Journal.Records));
            work.RollsBack = step.OnFailure == FailureReaction.Rollback && work.Run.Exists;
            return (StepState.Failed, work.Failure!.Message);
        }
    }

    private static RunResult Conclude(RunInProgress work, ImmutableArray<StepOutcome> outcomes)
    {
        var verification = Read(() => JsonFile.TryRead<VerificationReport>(work.Run.File(RecordFiles.Verification)), null, work);
        var result = new RunResult
        {
            Run = work.Run,
            Outcome = OutcomeOf(work),
            Steps = outcomes,
            Failure = work.Failure,
            WantsRollback = work.RollsBack,
            IsKept = work.Run.Exists,
            Verification = verification,
            Foreign = ForeignContent.In(verification, work.Plan.Preview.Purpose),
            Outputs = Read(() => OutputProof.Of(work.Run.Path), default, work),
            LateWrites = Read(() => LateWriteReport.TryRead(work.Run.Path), null, work),
            CarriedLate = Read(() => CarriedPass.ReadAll(work.Run.Path), [], work),
        };
        if (result.Outcome == RunOutcome.Done && work.Journal.TryAppend(JournalEvent.RunDone) is { } problem)
        {
            work.Observer.Noted($"Every step is done, but the journal of the run could not be written, so it does not record that: {problem.Message}");
        }

        TryWriteReport(work);
        return result;
    }

    /// <summary>Reads what a step recorded. A file that was damaged or deleted meanwhile is told, and does not hide how the run ended.</summary>
    private static T Read<T>(Func<T> read, T otherwise, RunInProgress work)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            work.Observer.Noted($"A part of the result cannot be shown: {e.Message}");
            return otherwise;
        }
    }

    private static void TryWriteReport(RunInProgress work)
    {
        try
        {
            var report = MarkdownReport.Write(RunReport.Of(work.Run, work.Journal.Records));
            PrivateFile.Replace(work.Run.File(RunFiles.Report), System.Text.Encoding.UTF8.GetBytes(report));
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            // A full disk or a missing file must not hide the result of the run. The other files of the run have everything that the report has.
        }
    }

    private static RunOutcome OutcomeOf(RunInProgress work) => work.Failure?.Kind switch
    {
        FailureKind.Refused => RunOutcome.Refused,
        FailureKind.LossFound => RunOutcome.LossFound,
        FailureKind.LateWrites => RunOutcome.LateWrites,
        FailureKind.Failed => RunOutcome.Failed,
        _ => work.HasStopped ? RunOutcome.Interrupted : RunOutcome.Done,
    };
}

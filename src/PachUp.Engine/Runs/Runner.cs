using System.Collections.Immutable;
using PachUp.Common;
using PachUp.Common.Files;
using PachUp.Engine.Lookups;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.State;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs;

/// <summary>
/// Carries out a plan as it was shown: drops the steps that are done, does the others one by one, and writes down each before it begins and
/// after it has ended.
/// </summary>
/// <param name="state">Where runs are kept.</param>
/// <param name="time">The time.</param>
/// <param name="locks">How clusters are locked; null for the state directory and the platforms alone.</param>
public sealed class Runner(StateDirectory state, TimeProvider time, LockOptions? locks = null)
{
    /// <summary>Is told of every record of the journal; null for nobody.</summary>
    public IJournalWatch? Watch { get; init; }

    /// <summary>Begins a run of a plan and carries it out.</summary>
    /// <param name="plan">The plan; not a refused one.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="ClusterLockedException">Another run is working on the cluster.</exception>
    /// <exception cref="PluginException">A plugin was changed since it was loaded.</exception>
    /// <exception cref="IOException">The state directory cannot be written.</exception>
    public async Task<RunResult> ApplyAsync(PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var run = state.Describe(time);
        await using var held = await LockAsync(plan, run, observer, cancellationToken);
        using var plugins = PluginUse.Begin(run, RunOrigin.UsedBy(plan));
        run.Create();
        await RunRecord.WriteAsync(run, plan, cancellationToken);
        using var journal = Journal.Open(run.File(RunFiles.Journal), time, Watch);
        journal.Append(JournalEvent.RunStarted, text: plan.Preview.Hash);
        observer.RunStarted(run);
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
        await using var held = await LockAsync(plan, run, observer, cancellationToken);
        using var plugins = PluginUse.Begin(run, RunOrigin.UsedBy(plan));
        using var journal = Journal.Open(run.File(RunFiles.Journal), time, Watch);
        RunNotResumableException.ThrowUnless(RunState.Of(journal.Records), run);
        observer.RunStarted(run);
        journal.Append(JournalEvent.RunResumed);
        return await GoOnAsync(plan, run, journal, observer, cancellationToken);
    }

    private Task<ClusterLocks> LockAsync(PlannedMigration plan, RunDirectory run, IRunObserver observer, CancellationToken cancellationToken) =>
        ClusterLocks.TakeAsync(plan, HolderProcess.Current(run, time), state, locks ?? new LockOptions(), observer.Noted, cancellationToken);

    private async Task<RunResult> GoOnAsync(
        PlannedMigration plan, RunDirectory run, Journal journal, IRunObserver observer, CancellationToken cancellationToken)
    {
        var before = RunState.Of(journal.Records).Revealing(plan.Document.Redaction);
        var scope = plan.Scope with { Run = new RunIdentity(run.Id, run.Path), Outputs = before.Outputs };
        var work = new RunningPlan(plan, run, journal, observer, scope);
        var steps = plan.Document.Steps;
        var outcomes = ImmutableArray.CreateBuilder<StepOutcome>(steps.Length);
        for (var i = 0; i < steps.Length; i++)
        {
            var outcome = work.HasStopped ? NotBegun(steps[i])
                : before.Steps.GetValueOrDefault(steps[i].Id) == StepState.Done ? DoneBefore(steps[i], observer)
                : await DoAsync(steps[i], i + 1, work, cancellationToken);
            outcomes.Add(outcome);
        }

        return Conclude(work, outcomes.MoveToImmutable());
    }

    private static StepOutcome NotBegun(PlanStep step) => new(step.Id, step.Step.Name, StepState.Pending, null, "");

    private static StepOutcome DoneBefore(PlanStep step, IRunObserver observer)
    {
        var outcome = new StepOutcome(step.Id, step.Step.Name, StepState.Done, null, "done before");
        observer.StepEnded(outcome);
        return outcome;
    }

    private async Task<StepOutcome> DoAsync(PlanStep step, int number, RunningPlan work, CancellationToken cancellationToken)
    {
        work.Observer.StepStarted(step.Id, number, work.Plan.Document.Steps.Length);
        var started = time.GetTimestamp();
        var (state, text) = await TryAsync(step, work, cancellationToken);
        var outcome = new StepOutcome(step.Id, step.Step.Name, state, time.GetElapsedTime(started), text);
        work.Observer.StepEnded(outcome);
        return outcome;
    }

    private async Task<(StepState State, string Text)> TryAsync(PlanStep step, RunningPlan work, CancellationToken cancellationToken)
    {
        try
        {
            work.Journal.Append(JournalEvent.StepStarted, step.Id);
            var result = await step.Step.ExecuteAsync(step.Arguments.Resolve(work.Scope), work.ExecutionOf(step, time), cancellationToken);
            work.Journal.AppendDone(step.Id, result with { Outputs = work.Plan.Document.Redaction.Conceal(result.Outputs) });
            work.Scope = work.Scope.WithOutputs(step.Id, result.Outputs);
            return (StepState.Done, result.Summary);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            work.HasStopped = true;
            work.Journal.TryAppend(JournalEvent.StepInterrupted, step.Id);
            return (StepState.Interrupted, "told to stop");
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            work.HasStopped = true;
            work.Failure = work.Run.Exists ? failure : RunGone.During(work.Run, step.Id, work.Plan, work.Journal.Records);
            work.RollsBack = step.OnFailure == FailureReaction.Rollback && work.Run.Exists;
            work.Journal.TryAppend(JournalEvent.StepFailed, step.Id, failure.Message);
            return (StepState.Failed, work.Failure.Message);
        }
    }

    private static RunResult Conclude(RunningPlan work, ImmutableArray<StepOutcome> outcomes)
    {
        var result = new RunResult
        {
            Run = work.Run,
            Outcome = OutcomeOf(outcomes, work.Failure),
            Steps = outcomes,
            Failure = work.Failure,
            WantsRollback = work.RollsBack,
            IsKept = work.Run.Exists,
            Verification = JsonFile.TryRead<VerificationReport>(work.Run.File(RecordFiles.Verification)),
            Outputs = OutputProof.Of(work.Run.Path),
        };
        if (result.Outcome == RunOutcome.Done && !work.Journal.TryAppend(JournalEvent.RunDone))
        {
            work.Observer.Noted("Every step is done, but the journal of the run cannot be written any more, so it does not say so.");
        }

        TryWriteReport(work);
        return result;
    }

    private static void TryWriteReport(RunningPlan work)
    {
        try
        {
            var report = RunReport.Write(RunAccount.Of(work.Run, work.Journal.Records));
            PrivateFile.Replace(work.Run.File(RunFiles.Report), System.Text.Encoding.UTF8.GetBytes(report));
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            // A full disk, or a file that is missing, must not hide how the run ended; everything in the report is in the run's other files too.
        }
    }

    private static RunOutcome OutcomeOf(ImmutableArray<StepOutcome> outcomes, StepFailedException? failure) => failure?.Kind switch
    {
        FailureKind.Refused => RunOutcome.Refused,
        FailureKind.LossFound => RunOutcome.LossFound,
        FailureKind.Failed => RunOutcome.Failed,
        _ => outcomes.All(outcome => outcome.State == StepState.Done) ? RunOutcome.Done : RunOutcome.Interrupted,
    };

    /// <summary>A plan while it is carried out.</summary>
    private sealed class RunningPlan(PlannedMigration plan, RunDirectory run, Journal journal, IRunObserver observer, LookupScope scope)
    {
        public PlannedMigration Plan => plan;

        public RunDirectory Run => run;

        public Journal Journal => journal;

        public IRunObserver Observer => observer;

        public LookupScope Scope { get; set; } = scope;

        public bool HasStopped { get; set; }

        public StepFailedException? Failure { get; set; }

        public bool RollsBack { get; set; }

        public StepExecution ExecutionOf(PlanStep step, TimeProvider time) => StepExecution.Of(step, plan, run, journal, observer, time);
    }
}

using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>Undoes the revertible steps of a run, the last one first, and reports the state that the other steps leave.</summary>
/// <param name="state">The state directory.</param>
/// <param name="time">The clock.</param>
/// <param name="locks">Options for locks; null for the defaults.</param>
public sealed class Rollback(StateDirectory state, TimeProvider time, LockOptions? locks = null)
{
    private readonly LockOptions _locks = locks ?? new LockOptions();

    /// <summary>What is undone.</summary>
    public UndoScope Scope { get; init; }

    /// <summary>A preview of the rollback, step by step. It calls no cluster and changes nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan of the run, from <see cref="RunRecord.ReadToRollBackAsync"/>.</param>
    /// <param name="undone">What is undone.</param>
    public static ImmutableArray<RollbackStep> Preview(RunDirectory run, PlannedMigration plan, UndoScope undone = UndoScope.WholeRun)
    {
        var records = Journal.Read(run.File(RunFiles.Journal));
        var scope = ScopeOf(plan, run, records);
        return [.. StepsToUndo(plan, records, undone).Select(step => Describe(step, new StepExecution(plan, step.Id, run, records), scope))];
    }

    /// <summary>Undoes the steps of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan of the run, from <see cref="RunRecord.ReadToRollBackAsync"/>.</param>
    /// <param name="observer">Observes the rollback.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="ClusterLockedException">Another run is working on the cluster.</exception>
    public async Task<RollbackResult> RunAsync(RunDirectory run, PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var before = new BeforeFirstStep(run);
        await using var held = await before.DoAsync(() => ClusterLocks.TakeAsync(
            plan, LockHolderProcess.Current(run, time, _locks), state, _locks, observer.Noted, cancellationToken));
        using var plugins = before.Do(() => PluginUse.Begin(run, RunOrigin.UsedBy(plan)));
        using var journal = before.Do(() => Journal.Open(run.File(RunFiles.Journal), time));
        var undoing = new Undoing(plan, run, journal, observer, ScopeOf(plan, run, journal.Records), StepsToUndo(plan, journal.Records, Scope)) { Locks = held };
        if (Scope == UndoScope.WholeRun)
        {
            before.Do(() => journal.Append(JournalEvent.RollbackStarted));
        }

        observer.RunStarted(run);
        return await UndoAllAsync(undoing, cancellationToken);
    }

    private async Task<RollbackResult> UndoAllAsync(Undoing undoing, CancellationToken cancellationToken)
    {
        var outcomes = ImmutableArray.CreateBuilder<StepOutcome>(undoing.Steps.Length);
        foreach (var step in undoing.Steps)
        {
            undoing.Observer.StepStarted(step.Id, outcomes.Count + 1, undoing.Steps.Length);
            var started = time.GetTimestamp();
            var (outcome, text, failure) = await UndoAsync(step, undoing, cancellationToken);
            outcomes.Add(new StepOutcome(step.Id, step.Step.Name, outcome, time.GetElapsedTime(started), text));
            undoing.Observer.StepEnded(outcomes[^1]);
            if (outcome is not (StepState.Reverted or StepState.Done))
            {
                var backup = failure is null ? [] : RunBackup.Describe(undoing.Run, undoing.Plan.Preview);
                return new RollbackResult(undoing.Run, outcomes.ToImmutable(), IsComplete: false, failure) { Backup = backup };
            }
        }

        if (undoing.Journal.TryAppend(Scope == UndoScope.WholeRun ? JournalEvent.RollbackDone : JournalEvent.ClientsSwitchedBack) is { } problem)
        {
            undoing.Observer.Noted($"Every step is undone, but the journal of the run could not be written, so it does not record that: {problem.Message}");
        }

        return new RollbackResult(undoing.Run, outcomes.ToImmutable(), IsComplete: true, Failure: null);
    }

    private async Task<(StepState Outcome, string Text, StepFailedException? Failure)> UndoAsync(
        PlanStep step, Undoing undoing, CancellationToken cancellationToken)
    {
        var execution = undoing.ExecutionOf(step, time);
        if (!step.Step.IsRevertible)
        {
            return (StepState.Done, Describe(step, execution, undoing.Scope).Text, null);
        }

        var journal = undoing.Journal;
        try
        {
            await undoing.Locks.BeginStepAsync($"{step.Id} (undo)", time.GetUtcNow(), cancellationToken);
            journal.Append(JournalEvent.RevertStarted, step.Id);
            var result = await step.Step.RevertAsync(step.Arguments.Resolve(undoing.Scope), execution, cancellationToken);
            journal.Append(JournalEvent.RevertDone, step.Id, result.InWords());
            return (StepState.Reverted, result.InWords(), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (StepState.Interrupted, "cancelled", null);
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            var told = undoing.Run.Exists
                ? Failures.NotRecorded(failure, journal.TryAppend(JournalEvent.RevertFailed, step.Id, failure.Message))
                : RunDirectoryRemoved.Failure(undoing.Run, step.Id, undoing.Plan, journal.Records);
            return (StepState.Failed, told.Message, told);
        }
    }

    private static ImmutableArray<PlanStep> StepsToUndo(PlannedMigration plan, IEnumerable<JournalRecord> records, UndoScope undone)
    {
        var begun = RunState.Of(records).Steps;
        return
        [
            .. plan.Document.Steps.Reverse()
                .Where(step => undone == UndoScope.WholeRun || step.Step.Traits.SwitchesClients)
                .Where(step => begun.GetValueOrDefault(step.Id) is not (StepState.Pending or StepState.Reverted)),
        ];
    }

    private static LookupScope ScopeOf(PlannedMigration plan, RunDirectory run, IEnumerable<JournalRecord> records) =>
        plan.Scope with { Run = new RunIdentity(run.Id, run.Path), Outputs = RunState.Of(records).Revealing(plan.Document.Redaction).Outputs };

    private static RollbackStep Describe(PlanStep step, StepExecution execution, LookupScope scope) =>
        new(step.Id, step.Step.Name, step.Step.IsRevertible, step.Step.DescribeRollback(step.Arguments.Resolve(scope), execution));

    /// <summary>The state of a rollback in progress.</summary>
    private sealed record Undoing(
        PlannedMigration Plan, RunDirectory Run, Journal Journal, IRunObserver Observer, LookupScope Scope, ImmutableArray<PlanStep> Steps)
    {
        /// <summary>The locks of the clusters.</summary>
        public required ClusterLocks Locks { get; init; }

        public StepExecution ExecutionOf(PlanStep step, TimeProvider time) => StepExecution.Of(step, Plan, Run, Journal, Observer, time);
    }
}

/// <summary>What a rollback undoes.</summary>
public enum UndoScope
{
    /// <summary>All steps of a run.</summary>
    WholeRun,

    /// <summary>Only the steps that switched clients: see <see cref="ClientSwitch"/>.</summary>
    Clients,
}

/// <summary>The effect of a rollback on one step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="IsRevertible">Whether the step is undone.</param>
/// <param name="Text">What is undone, or which state remains and what to do about it.</param>
public sealed record RollbackStep(string Id, string Uses, bool IsRevertible, string Text);

/// <summary>The result of a rollback.</summary>
/// <param name="Run">The run.</param>
/// <param name="Steps">The steps in the order in which they were undone. A step that has nothing to undo is <see cref="StepState.Done"/>.</param>
/// <param name="IsComplete">Whether everything that can be undone is undone. An incomplete rollback can be started again.</param>
/// <param name="Failure">The failure that stopped it; null for none.</param>
public sealed record RollbackResult(RunDirectory Run, ImmutableArray<StepOutcome> Steps, bool IsComplete, StepFailedException? Failure)
{
    /// <summary>If the rollback failed: where the backup of the source is and how to restore it by hand, line by line.</summary>
    public ImmutableArray<string> Backup { get; init; } = [];
}

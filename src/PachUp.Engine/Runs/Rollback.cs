using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Lookups;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>Undoes the steps of a run that can be undone, the last one first, and says of the others what their state is.</summary>
/// <param name="state">Where runs are kept.</param>
/// <param name="time">The time.</param>
public sealed class Rollback(StateDirectory state, TimeProvider time)
{
    /// <summary>The steps that a rollback would touch, in the order in which it would.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">What <see cref="RunRecord.ReadAsync"/> read from it.</param>
    public static ImmutableArray<PlanStep> StepsToUndo(RunDirectory run, PlannedMigration plan)
    {
        var begun = RunState.Of(Journal.Read(run.File(RunFiles.Journal))).Steps;
        return [.. plan.Document.Steps.Reverse().Where(step => begun.GetValueOrDefault(step.Id) is not (StepState.Pending or StepState.Reverted))];
    }

    /// <summary>Undoes the steps of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">What <see cref="RunRecord.ReadAsync"/> read from it.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    /// <exception cref="ClusterLockedException">Another run is working on the cluster.</exception>
    public async Task<RollbackResult> RunAsync(RunDirectory run, PlannedMigration plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        using var clusterLock = state.Lock(plan.WorksOn, run.Id);
        var steps = StepsToUndo(run, plan);
        using var journal = Journal.Open(run.File(RunFiles.Journal), time);
        journal.Append(JournalEvent.RollbackStarted);

        var scope = plan.Scope with { Run = new RunIdentity(run.Id, run.Path), Outputs = RunState.Of(journal.Records).Outputs };
        var outcomes = ImmutableArray.CreateBuilder<StepOutcome>(steps.Length);
        foreach (var (step, index) in steps.Select((step, index) => (step, index)))
        {
            observer.StepStarted(step.Id, index + 1, steps.Length);
            var (outcome, failure) = await UndoAsync(step, plan, scope, run, journal, observer, cancellationToken);
            observer.StepEnded(outcome);
            outcomes.Add(outcome);
            if (outcome.State is not (StepState.Reverted or StepState.Done))
            {
                return new RollbackResult(run, outcomes.ToImmutable(), IsComplete: false, failure);
            }
        }

        journal.Append(JournalEvent.RollbackDone);
        return new RollbackResult(run, outcomes.ToImmutable(), IsComplete: true, Failure: null);
    }

    private async Task<(StepOutcome Outcome, StepFailedException? Failure)> UndoAsync(
        PlanStep step,
        PlannedMigration plan,
        LookupScope scope,
        RunDirectory run,
        Journal journal,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        StepOutcome Ended(StepState outcome, string text) => new(step.Id, step.Step.Name, outcome, time.GetElapsedTime(started), text);

        if (!step.Step.IsRevertible)
        {
            return (Ended(StepState.Done, "nothing of it has to be undone; what it wrote stays"), null);
        }

        var progress = new InlineProgress<StepProgress>(news => observer.Progressed(step.Id, news));
        var execution = new StepExecution(plan.RequireContext(), step.Id, run.Path, journal, progress, time);
        try
        {
            journal.Append(JournalEvent.RevertStarted, step.Id);
            var result = await step.Step.RevertAsync(step.Arguments.Resolve(scope), execution, cancellationToken);
            journal.Append(JournalEvent.RevertDone, step.Id, result.Summary);
            return (Ended(StepState.Reverted, result.Summary), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (Ended(StepState.Interrupted, "told to stop"), null);
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            journal.Append(JournalEvent.RevertFailed, step.Id, failure.Message);
            return (Ended(StepState.Failed, failure.Message), failure);
        }
    }
}

/// <summary>How a rollback ended.</summary>
/// <param name="Run">The run.</param>
/// <param name="Steps">The steps in the order in which they were undone; <see cref="StepState.Done"/> for one that has nothing to undo.</param>
/// <param name="IsComplete">Whether everything that can be undone is undone. A rollback that is not complete can be started again.</param>
/// <param name="Failure">What stopped it; null where nothing did.</param>
public sealed record RollbackResult(RunDirectory Run, ImmutableArray<StepOutcome> Steps, bool IsComplete, StepFailedException? Failure);

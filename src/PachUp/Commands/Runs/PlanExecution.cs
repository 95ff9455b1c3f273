using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.LateWrites;
using PachUp.Views;

namespace PachUp.Commands.Runs;

/// <summary>Runs the plan of a command, or resumes its run, and shows the result.</summary>
/// <param name="state">Where runs are kept.</param>
/// <param name="locks">How clusters are locked.</param>
/// <param name="output">The format of the answer.</param>
/// <param name="options">The given options, for commands that continue a run.</param>
internal sealed class PlanExecution(StateOption state, LockOption locks, OutputOption output, IReadOnlyCollection<string> options)
{
    /// <summary>Whether the clusters end with the command. Then the run can be neither continued nor undone.</summary>
    public bool EndsWithCommand { get; init; }

    /// <summary>Asks the user; null if there is no user to ask. Used to offer a catch-up when a run stops for late writes.</summary>
    public Func<Terminal, string, CancellationToken, Task<bool>>? Ask { get; init; }

    /// <summary>Runs a plan that no check refuses.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ApplyAsync(PlannedMigration plan, Terminal terminal, CancellationToken cancellationToken) =>
        ShowAsync(plan, (runner, observer) => runner.ApplyAsync(plan, observer, cancellationToken), terminal, cancellationToken);

    /// <summary>Continues a run that stopped.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ResumeAsync(RunDirectory run, PlannedMigration plan, Terminal terminal, CancellationToken cancellationToken) =>
        ShowAsync(plan, (runner, observer) => runner.ResumeAsync(run, plan, observer, cancellationToken), terminal, cancellationToken);

    /// <summary>Carries what was written to the source of a run after the extract.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> CatchUpAsync(RunDirectory run, PlannedMigration plan, Terminal terminal, CancellationToken cancellationToken) =>
        ShowAsync(plan, (runner, observer) => runner.CatchUpAsync(run, plan, observer, cancellationToken), terminal, cancellationToken);

    /// <summary>Shows that nothing was done, and why.</summary>
    /// <returns>The exit code.</returns>
    public int NothingDone(PlanPreview plan, string why, int exitCode, Terminal terminal, LateWriteReport? late = null)
    {
        output.Show(terminal, () => new ApplyDocument(plan, Run: null) { LateWrites = late }, page => page.Line(why));
        return exitCode;
    }

    private async Task<int> ShowAsync(
        PlannedMigration plan, Func<Runner, IRunObserver, Task<RunResult>> carryOut, Terminal terminal, CancellationToken cancellationToken)
    {
        var result = await ShowOnceAsync(plan, carryOut, terminal, cancellationToken);
        while (CatchUpAfter(plan.Preview, result).Any() && Ask is not null && terminal.CanAsk && await Ask(terminal, CatchUpView.QuestionAbout(plan.Preview), cancellationToken))
        {
            result = await ShowOnceAsync(plan, (runner, observer) => runner.CatchUpAsync(result.Run, plan, observer, cancellationToken), terminal, cancellationToken);
        }

        return ExitCode.Of(result);
    }

    private async Task<RunResult> ShowOnceAsync(
        PlannedMigration plan, Func<Runner, IRunObserver, Task<RunResult>> carryOut, Terminal terminal, CancellationToken cancellationToken)
    {
        IncompleteAnswer.ThrowIfIncomplete(terminal);
        var runner = new Runner(state.Directory, TimeProvider.System, locks.Options with { EndsWithProcess = EndsWithCommand });
        var result = await RunDisplay.ShowAsync(
            terminal, Continuations, observer => carryOut(runner, observer), DowntimeForecast.TryRead(state.Directory, plan.Preview));
        var rollback = result.WantsRollback ? await RollBackAsync(plan, result, terminal, cancellationToken) : null;
        var now = await ClusterCondition.AskAsync(plan, result.Run, cancellationToken: default);
        var document = new ApplyDocument(plan.Preview, RunDocument.Of(result)) { Now = now, Rollback = rollback is null ? null : RunDocument.Of(rollback) };
        terminal.EndOfRun = Describe(result, plan);
        output.Show(terminal, () => document, page => Write(page, plan, result, rollback, now));
        if (result.Outcome != RunOutcome.Done)
        {
            StopView.Write(terminal.Messages, result.Failure, rollback is null ? ContinuationsOf(plan.Preview, result) : WaysBack(rollback));
            RollbackView.WriteBackup(terminal.Messages, rollback?.Backup ?? []);
        }

        return result;
    }

    /// <summary>The state of the clusters, for the message if the answer cannot be printed.</summary>
    private string Describe(RunResult result, PlannedMigration plan) => result.Outcome == RunOutcome.Done
        ? $"Run {result.Run.Id} succeeded: all {result.Steps.Length} steps are done on {(plan.Document.HasOneCluster ? "the cluster" : "both clusters")}."
            + (EndsWithCommand ? "" : $" \"pachup runs show {result.Run.Id}\" shows the result.")
        : $"Run {result.Run.Id} did not succeed; see above what to do.";

    private void Write(Page page, PlannedMigration plan, RunResult result, RollbackResult? rollback, ImmutableArray<ClusterCondition> now)
    {
        RunView.Write(page, result);
        if (rollback is not null)
        {
            RollbackView.Write(page, rollback);
        }
        else if (result.Outcome != RunOutcome.LossFound)
        {
            WriteProof(page, result);
        }

        ConditionView.Write(page, now);
        if (result.Outcome == RunOutcome.Done && !EndsWithCommand && result.IsKept)
        {
            WriteNext(page, plan.Preview, result);
        }
    }

    /// <summary>What can be done with a finished run, and how long. Output that is already proved is not offered to be proved.</summary>
    private void WriteNext(Page page, PlanPreview plan, RunResult result)
    {
        if (result.Outputs == OutputProofState.NotYet)
        {
            NextCommandView.Write(page, NextCommand.Verify(result.Run, options));
        }

        if (plan.Purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade)
        {
            NextCommandView.Write(page, NextCommand.TakeBack(result.Run, plan.ClusterToConfirm.Name, LimitOf(plan), options));
        }
    }

    private static string LimitOf(PlanPreview plan) => plan.IsInPlace
        ? "as long as the volumes of the old release exist; what was written since is lost"
        : "as long as the source is not deleted; what was written to the target is not carried back";

    private void WriteProof(Page page, RunResult result)
    {
        if (EndsWithCommand && result.Outputs == OutputProofState.NotYet)
        {
            page.Line(Look.Warning("Output not yet proved: the clusters of the sandbox end before their workers have run."));
        }
        else
        {
            AfterWorkView.WriteState(page, result.Run.Id, result.Outputs);
        }
    }

    /// <summary>Rolls the run back if the plan asks for this when the failed step fails.</summary>
    private Task<RollbackResult> RollBackAsync(PlannedMigration plan, RunResult result, Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Messages.Line($"Rolling back, as the plan asks: {result.Failure!.Message}");
        var rollback = new Rollback(state.Directory, TimeProvider.System, locks.Options);
        return RunDisplay.ShowAsync(
            terminal, run => [NextCommand.RollBack(run, options)], observer => rollback.RunAsync(result.Run, plan, observer, cancellationToken));
    }

    private IEnumerable<NextCommand> WaysBack(RollbackResult rollback) =>
        rollback.IsComplete || !rollback.Run.Exists ? [] : [NextCommand.RollBack(rollback.Run, options)];

    private IEnumerable<NextCommand> ContinuationsOf(PlanPreview plan, RunResult result) =>
        CatchUpAfter(plan, result).Concat(Continuations(result.Run));

    /// <summary>The catch-up, if the run stopped for late writes and can carry them.</summary>
    private IEnumerable<NextCommand> CatchUpAfter(PlanPreview plan, RunResult result) =>
        result.Outcome != RunOutcome.LateWrites || EndsWithCommand || !result.Run.Exists || !CatchUps.AreOffered(plan) ? [] : [NextCommand.CatchUp(result.Run, options)];

    private IEnumerable<NextCommand> Continuations(RunDirectory run) =>
        EndsWithCommand || !run.Exists ? [] : [NextCommand.Resume(run, options), NextCommand.RollBack(run, options)];
}

using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Runs.RollBack;

/// <summary><c>pachup rollback</c>: undoes the steps of a run, last step first.</summary>
internal sealed class RollbackCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Undoes the steps of a run, last step first, so that the source is as it was.";

    private readonly CommandArgument _run;
    private readonly UndoOptions _undo;

    public RollbackCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup rollback --dry-run",
            "pachup rollback",
            "pachup rollback 20250301-101500-3f9a --yes",
            "pachup rollback --in-cluster --namespace pachyderm");
        _run = command.Argument("RUN", "The run. Default: the one that has not ended. A finished run has to be named, and confirmed with the name of its cluster.");
        _undo = new UndoOptions(command, "Show what would be undone and what would not, and stop.", "Undo the run", "the rollback of a finished run");
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken) =>
        _undo.IsInCluster ? UndoInClusterAsync(terminal, cancellationToken) : UndoAsync(terminal, cancellationToken);

    private Task<int> UndoInClusterAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        string[] command =
        [
            "rollback",
            .. string.IsNullOrEmpty(_run.Value) ? [] : new[] { _run.Value },
            .. _undo.Consent.GivenName is { } name ? new[] { "--confirm", name } : [],
        ];
        return _undo.ContinueInClusterAsync(command, "Undo this run in the cluster?", terminal, cancellationToken);
    }

    private async Task<int> UndoAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var run = _undo.Runs.FindToRollBack(_run.Value, changesNothing: _undo.IsDryRun);
        _undo.EnsureCanAsk(terminal);
        await using var plan = await _undo.ReadAsync(run, terminal, cancellationToken);
        var steps = Rollback.Preview(run, plan);
        if (_undo.IsDryRun)
        {
            return ShowExpectedTarget(run, plan.Preview, steps, terminal);
        }

        RollbackView.WriteIntention(terminal.Messages, run, plan.Preview, steps);
        if (!await AskAsync(run, plan.Preview, terminal, cancellationToken))
        {
            _undo.Output.Show(terminal, () => new RollbackDocument(plan.Preview, Run: null, steps), page => page.Line("Nothing was done."));
            return ExitCode.Interrupted;
        }

        return await UndoAsync(run, plan, steps, terminal, cancellationToken);
    }

    /// <summary>A finished run is a migration that people may use already, so taking it back is confirmed with the name of the cluster.</summary>
    private Task<bool> AskAsync(RunDirectory run, PlanPreview plan, Terminal terminal, CancellationToken cancellationToken) => RunChoice.IsFinished(run) || _undo.Consent.GivenName is not null
        ? _undo.Consent.AskForNameAsync(terminal, plan.ClusterToConfirm, "roll back this run", yesSuffices: false, cancellationToken)
        : _undo.Consent.AskAsync(terminal, "Undo it?", cancellationToken);

    private int ShowExpectedTarget(RunDirectory run, PlanPreview plan, ImmutableArray<RollbackStep> steps, Terminal terminal)
    {
        _undo.Output.Show(terminal, () => new RollbackDocument(plan, Run: null, steps), page =>
        {
            RollbackView.WriteIntention(page, run, plan, steps);
            page.Blank();
            page.Line("Nothing was undone: this was a dry run.");
        });
        return ExitCode.Done;
    }

    private async Task<int> UndoAsync(
        RunDirectory run, PlannedMigration plan, ImmutableArray<RollbackStep> steps, Terminal terminal, CancellationToken cancellationToken)
    {
        var (result, now) = await _undo.UndoAsync(run, plan, UndoScope.WholeRun, Again, terminal, cancellationToken);
        terminal.EndOfRun = $"The run {run.Id} {(result.IsComplete ? "is rolled back" : "is not rolled back completely; see above what to do")}.";
        _undo.Output.Show(terminal, () => new RollbackDocument(plan.Preview, RunDocument.Of(result), steps) { Now = now }, page =>
        {
            RollbackView.Write(page, result);
            ConditionView.Write(page, now);
        });
        var exitCode = UndoOptions.Conclude(result, Again, terminal);
        RollbackView.WriteBackup(terminal.Messages, result.Backup);
        return exitCode;
    }

    private NextCommand Again(RunDirectory stopped) => NextCommand.RollBack(stopped, _undo.ArgumentsWithConsent);
}

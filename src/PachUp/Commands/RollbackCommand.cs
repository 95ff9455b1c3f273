using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup rollback</c>: undoes what a run did, the last step first.</summary>
internal sealed class RollbackCommand : ICommand
{
    private readonly CommandArgument _run;
    private readonly StateOption _state;
    private readonly PluginOption _plugins;
    private readonly PatienceOptions _patience;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public RollbackCommand(CommandLineApplication command)
    {
        command.Describe(
            "Undoes what a run did, the last step first, so that the source is as it was.",
            "pachup rollback",
            "pachup rollback 20250301-101500-3f9a --yes");
        _run = command.Argument("RUN", "The run. Default: the last one that was not rolled back.");
        _state = new StateOption(command);
        _plugins = new PluginOption(command);
        _patience = new PatienceOptions(command);
        _consent = new Consent(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _output.Validate();
        _consent.EnsureThereIsSomebodyToAsk(terminal);
        var run = new RunChoice(_state.Directory).FindOrLast(_run.Value, state => !state.IsRolledBack, "rolled back");
        await using var plan = await new Migrations(_plugins, _patience, terminal).ReadAsync(run, cancellationToken);
        RollbackView.WriteIntention(terminal.Talk, run, plan.Preview, Rollback.StepsToUndo(run, plan));
        if (!await _consent.AskAsync(terminal, "Undo it?", cancellationToken))
        {
            _output.Show(terminal, () => new ApplyDocument(plan.Preview, Run: null), page => page.Line("Nothing was done."));
            return ExitCode.Interrupted;
        }

        return await UndoAsync(run, plan, terminal, cancellationToken);
    }

    private async Task<int> UndoAsync(RunDirectory run, PlannedMigration plan, Terminal terminal, CancellationToken cancellationToken)
    {
        var rollback = new Rollback(_state.Directory, TimeProvider.System);
        var result = await RunDisplay.ShowAsync(terminal, observer => rollback.RunAsync(run, plan, observer, cancellationToken));
        _output.Show(terminal, () => new ApplyDocument(plan.Preview, RunDocument.Of(result)), page => RollbackView.Write(page, result));
        if (result.IsComplete)
        {
            return ExitCode.Done;
        }

        var again = NextCommand.RollBack(run, [.. _state.Arguments, .. _plugins.Arguments, .. _patience.Arguments, .. _consent.Arguments]);
        StopView.Write(terminal.Talk, result.Failure, [again]);
        return result.Failure is null ? ExitCode.Interrupted : ExitCode.Of(result.Failure.Kind);
    }
}

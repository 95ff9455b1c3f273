using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Views;

namespace PachUp.Commands.Runs.SwitchClients;

/// <summary><c>pachup switch RUN --back</c>: leads the clients of a finished run back to its source.</summary>
internal sealed class SwitchCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Leads the clients of a finished run back to its source, and undoes nothing else. Names what was written to the target meanwhile.";

    private readonly CommandArgument _run;
    private readonly CommandOption _back;
    private readonly UndoOptions _undo;
    private readonly AllOption _all;

    public SwitchCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup switch 20250301-101500-3f9a --back --dry-run",
            "pachup switch 20250301-101500-3f9a --back",
            "pachup switch 20250301-101500-3f9a --back --in-cluster --namespace pachyderm");
        _run = command.Argument("RUN", "The run. It must have ended.");
        _back = command.Flag("--back", "Lead the clients back to the source. To lead them to the target again, resume the run.");
        _undo = new UndoOptions(command, "Show what would be done and what was written to the target, and stop.", "Lead the clients back");
        _all = new AllOption(command);
        command.Check(CheckDirection);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken) => _undo.IsInCluster
        ? _undo.ContinueInClusterAsync(["switch", _run.Value!, "--back", .. _all.IsGiven ? ["--all"] : Array.Empty<string>()], "Switch clients back to the source, in the cluster?", terminal, cancellationToken)
        : LeadBackAsync(terminal, cancellationToken);

    private async Task<int> LeadBackAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var run = _undo.Runs.Find(_run.Value!);
        _undo.EnsureCanAsk(terminal);
        await using var plan = await _undo.ReadAsync(run, terminal, cancellationToken);
        var clients = new ClientSwitch(run, plan);
        clients.ThrowUnlessPossible();
        var written = await WorkDisplay.ShowAsync(terminal, progress => clients.LookAtTargetAsync(terminal.Events.Time, progress, cancellationToken));
        var steps = Rollback.Preview(run, plan, UndoScope.Clients);
        var document = new SwitchDocument(plan.Preview, Run: null, steps, written);
        SwitchView.WriteIntention(_undo.Output.IsJson ? terminal.Messages : terminal.Answer, run, plan.Preview, steps, written, ItemLimit.Of(_all));
        if (_undo.IsDryRun)
        {
            return Stop("Nothing was done: this was a dry run.", ExitCode.Done, document, terminal);
        }

        return await _undo.Consent.AskAsync(terminal, "Switch clients back to the source?", cancellationToken)
            ? await LeadBackAsync(run, plan, document, terminal, cancellationToken)
            : Stop("Nothing was done.", ExitCode.Interrupted, document, terminal);
    }

    private void CheckDirection()
    {
        if (string.IsNullOrEmpty(_run.Value))
        {
            throw new UsageException("no run is named", "Name the run: pachup switch RUN --back. \"pachup runs list\" shows the runs.");
        }

        if (!_back.HasValue())
        {
            throw new UsageException(
                "where to lead the clients is not given", $"To lead them to the source: pachup switch {_run.Value} --back. To lead them to the target again: pachup apply --resume {_run.Value}.");
        }
    }

    private int Stop(string sentence, int exitCode, SwitchDocument document, Terminal terminal)
    {
        _undo.Output.Show(terminal, () => document, page => page.Line(sentence));
        return exitCode;
    }

    private async Task<int> LeadBackAsync(RunDirectory run, PlannedMigration plan, SwitchDocument document, Terminal terminal, CancellationToken cancellationToken)
    {
        var (result, now) = await _undo.UndoAsync(run, plan, UndoScope.Clients, Again, terminal, cancellationToken);
        terminal.EndOfRun = $"The clients of run {run.Id} are {(result.IsComplete ? "" : "not ")}switched back.";
        NextCommand[] next = result.IsComplete ? [NextCommand.SwitchAgain(run, _undo.Arguments), NextCommand.RollBack(run, _undo.Arguments)] : [];
        _undo.Output.Show(terminal, () => document with { Run = RunDocument.Of(result), Now = now }, page => SwitchView.Write(page, result, now, next));
        return UndoOptions.Conclude(result, Again, terminal);
    }

    private NextCommand Again(RunDirectory stopped) => NextCommand.SwitchBack(stopped, _undo.ArgumentsWithConsent);
}

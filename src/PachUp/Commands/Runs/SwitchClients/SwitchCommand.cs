using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Model;
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
    private readonly CommandOption _dryRun;
    private readonly StateOption _state;
    private readonly LockOption _locks;
    private readonly PluginOption _plugins;
    private readonly SecretOption _secrets;
    private readonly TimeoutOptions _timeouts;
    private readonly AllOption _all;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public SwitchCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup switch 20250301-101500-3f9a --back --dry-run",
            "pachup switch 20250301-101500-3f9a --back");
        _run = command.Argument("RUN", "The run. It must have ended.");
        _back = command.Flag("--back", "Lead the clients back to the source. To lead them to the target again, resume the run.");
        _dryRun = command.Flag("--dry-run", "Show what would be done and what was written to the target, and stop.");
        _state = new StateOption(command);
        _locks = new LockOption(command);
        _plugins = new PluginOption(command);
        _secrets = new SecretOption(command);
        _timeouts = new TimeoutOptions(command);
        _all = new AllOption(command);
        _consent = new Consent(command);
        _output = new OutputOption(command);
        command.Check(CheckDirection);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var run = new RunChoice(_state.Directory).Find(_run.Value!);
        if (!_dryRun.HasValue())
        {
            _consent.EnsureCanAsk(terminal, "Look first with --dry-run, then add --yes.");
        }

        await using var plan = await new MigrationPlanner(_plugins, _timeouts, terminal).ReadToRollBackAsync(run, new PlanOverrides { Secrets = [.. _secrets.References] }, cancellationToken);
        var clients = new ClientSwitch(run, plan);
        clients.ThrowUnlessPossible();
        var written = await WorkDisplay.ShowAsync(terminal, progress => clients.LookAtTargetAsync(terminal.Events.Time, progress, cancellationToken));
        var steps = Rollback.Preview(run, plan, UndoScope.Clients);
        var document = new SwitchDocument(plan.Preview, Run: null, steps, written);
        SwitchView.WriteIntention(_output.IsJson ? terminal.Messages : terminal.Answer, run, plan.Preview, steps, written, ItemLimit.Of(_all));
        if (_dryRun.HasValue())
        {
            return Stop("Nothing was done: this was a dry run.", ExitCode.Done, document, terminal);
        }

        return await _consent.AskAsync(terminal, "Switch clients back to the source?", cancellationToken)
            ? await SwitchBackAsync(run, plan, document, terminal, cancellationToken)
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

    private Rollback RollbackOf() => new(_state.Directory, TimeProvider.System, _locks.Options) { Scope = UndoScope.Clients };

    private int Stop(string sentence, int exitCode, SwitchDocument document, Terminal terminal)
    {
        _output.Show(terminal, () => document, page => page.Line(sentence));
        return exitCode;
    }

    private async Task<int> SwitchBackAsync(RunDirectory run, PlannedMigration plan, SwitchDocument document, Terminal terminal, CancellationToken cancellationToken)
    {
        string[] options = [.. _state.Arguments, .. _plugins.Arguments, .. _secrets.Arguments, .. _timeouts.Arguments];
        IEnumerable<NextCommand> Again(RunDirectory stopped) => [NextCommand.SwitchBack(stopped, ContinueOptions.With([.. options, .. _consent.Arguments]))];
        var result = await RunDisplay.ShowAsync(terminal, Again, observer => RollbackOf().RunAsync(run, plan, observer, cancellationToken));
        terminal.EndOfRun = $"The clients of run {run.Id} are {(result.IsComplete ? "" : "not ")}switched back.";
        var now = await ClusterCondition.AskAsync(plan, run, cancellationToken: default);
        NextCommand[] next = result.IsComplete ? [NextCommand.SwitchAgain(run, options), NextCommand.RollBack(run, options)] : [];
        _output.Show(terminal, () => document with { Run = RunDocument.Of(result), Now = now }, page => SwitchView.Write(page, result, now, next));
        if (result.IsComplete)
        {
            return ExitCode.Done;
        }

        StopView.Write(terminal.Messages, result.Failure, Again(run));
        return result.Failure is null ? ExitCode.Interrupted : ExitCode.Of(result.Failure.Kind);
    }
}

using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Commands.Runs.InCluster;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
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
    private readonly CommandOption _dryRun;
    private readonly StateOption _state;
    private readonly LockOption _locks;
    private readonly PluginOption _plugins;
    private readonly SecretOption _secrets;
    private readonly PlatformOptions _platform;
    private readonly TimeoutOptions _timeouts;
    private readonly InClusterOptions _inCluster;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public RollbackCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup rollback --dry-run",
            "pachup rollback",
            "pachup rollback 20250301-101500-3f9a --yes",
            "pachup rollback --in-cluster --namespace pachyderm");
        _run = command.Argument("RUN", "The run. Default: the one that has not ended. A finished run has to be named, and confirmed with the name of its cluster.");
        _dryRun = command.Flag("--dry-run", "Show what would be undone and what would not, and stop.");
        _state = new StateOption(command);
        _locks = new LockOption(command);
        _plugins = new PluginOption(command);
        _secrets = new SecretOption(command);
        _platform = new PlatformOptions(command);
        _timeouts = new TimeoutOptions(command);
        _inCluster = new InClusterOptions(command, "Undo the run");
        _consent = new Consent(command, "the rollback of a finished run");
        _output = new OutputOption(command);
        command.Check(() => _inCluster.ThrowIfMisplaced(_state, _platform));
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken) =>
        _inCluster.IsWanted ? UndoInClusterAsync(terminal, cancellationToken) : UndoAsync(terminal, cancellationToken);

    private Task<int> UndoInClusterAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        EnsureCanAsk(terminal);
        string[] command =
        [
            "rollback",
            .. string.IsNullOrEmpty(_run.Value) ? [] : new[] { _run.Value },
            .. _consent.GivenName is { } name ? new[] { "--confirm", name } : [],
        ];
        return new InClusterRuns(_inCluster, _platform, _timeouts, _consent, _output, terminal) { IsDryRun = _dryRun.HasValue(), BreaksLock = _locks.Options.BreaksLeft }
            .ContinueAsync(command, "Undo this run in the cluster?", new MigrationPlanner(_plugins, _timeouts, terminal), cancellationToken);
    }

    private async Task<int> UndoAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var run = new RunChoice(_state.Directory).FindToRollBack(_run.Value, changesNothing: _dryRun.HasValue());
        EnsureCanAsk(terminal);
        await using var plan = await new MigrationPlanner(_plugins, _timeouts, terminal).ReadToRollBackAsync(run, new PlanOverrides { Secrets = [.. _secrets.References] }, cancellationToken);
        var steps = Rollback.Preview(run, plan);
        if (_dryRun.HasValue())
        {
            return ShowExpectedTarget(run, plan.Preview, steps, terminal);
        }

        RollbackView.WriteIntention(terminal.Messages, run, plan.Preview, steps);
        if (!await AskAsync(run, plan.Preview, terminal, cancellationToken))
        {
            _output.Show(terminal, () => new RollbackDocument(plan.Preview, Run: null, steps), page => page.Line("Nothing was done."));
            return ExitCode.Interrupted;
        }

        return await UndoAsync(run, plan, steps, terminal, cancellationToken);
    }

    /// <summary>A finished run is a migration that people may use already, so taking it back is confirmed with the name of the cluster.</summary>
    private Task<bool> AskAsync(RunDirectory run, PlanPreview plan, Terminal terminal, CancellationToken cancellationToken) => RunChoice.IsFinished(run) || _consent.GivenName is not null
        ? _consent.AskForNameAsync(terminal, plan.ClusterToConfirm, "roll back this run", yesSuffices: false, cancellationToken)
        : _consent.AskAsync(terminal, "Undo it?", cancellationToken);

    private void EnsureCanAsk(Terminal terminal)
    {
        if (!_dryRun.HasValue())
        {
            _consent.EnsureCanAsk(terminal);
        }
    }

    private int ShowExpectedTarget(RunDirectory run, PlanPreview plan, ImmutableArray<RollbackStep> steps, Terminal terminal)
    {
        _output.Show(terminal, () => new RollbackDocument(plan, Run: null, steps), page =>
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
        IEnumerable<NextCommand> Again(RunDirectory stopped) =>
            [NextCommand.RollBack(stopped, ContinueOptions.With([.. _state.Arguments, .. _plugins.Arguments, .. _secrets.Arguments, .. _timeouts.Arguments, .. _consent.Arguments]))];
        var rollback = new Rollback(_state.Directory, TimeProvider.System, _locks.Options);
        var result = await RunDisplay.ShowAsync(terminal, Again, observer => rollback.RunAsync(run, plan, observer, cancellationToken));
        terminal.EndOfRun = $"The run {run.Id} {(result.IsComplete ? "is rolled back" : "is not rolled back completely; see above what to do")}.";
        var now = await ClusterCondition.AskAsync(plan, run, cancellationToken: default);
        _output.Show(terminal, () => new RollbackDocument(plan.Preview, RunDocument.Of(result), steps) { Now = now }, page =>
        {
            RollbackView.Write(page, result);
            ConditionView.Write(page, now);
        });
        if (result.IsComplete)
        {
            return ExitCode.Done;
        }

        StopView.Write(terminal.Messages, result.Failure, run.Exists ? Again(run) : []);
        RollbackView.WriteBackup(terminal.Messages, result.Backup);
        return result.Failure is null ? ExitCode.Interrupted : ExitCode.Of(result.Failure.Kind);
    }
}

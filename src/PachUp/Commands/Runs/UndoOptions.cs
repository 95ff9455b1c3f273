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

namespace PachUp.Commands.Runs;

/// <summary>The options of a command that undoes steps of a run, and what such a command does with them.</summary>
internal sealed class UndoOptions
{
    private readonly CommandOption _dryRun;
    private readonly StateOption _state;
    private readonly LockOption _locks;
    private readonly PluginOption _plugins;
    private readonly SecretOption _secrets;
    private readonly PlatformOptions _platform;
    private readonly TimeoutOptions _timeouts;
    private readonly InClusterOptions _inCluster;

    /// <param name="command">The command.</param>
    /// <param name="dryRun">What <c>--dry-run</c> does.</param>
    /// <param name="inCluster">What is done in the cluster, such as "Undo the run".</param>
    /// <param name="confirms">What needs the name of its cluster; null if nothing does.</param>
    public UndoOptions(CommandLineApplication command, string dryRun, string inCluster, string? confirms = null)
    {
        _dryRun = command.Flag("--dry-run", dryRun);
        _state = new StateOption(command);
        _locks = new LockOption(command);
        _plugins = new PluginOption(command);
        _secrets = new SecretOption(command);
        _platform = new PlatformOptions(command);
        _timeouts = new TimeoutOptions(command);
        _inCluster = new InClusterOptions(command, inCluster);
        Consent = new Consent(command, confirms);
        Output = new OutputOption(command);
        command.Check(() => _inCluster.ThrowIfMisplaced(_state, _platform));
    }

    /// <summary>Whether it is only shown what would be done.</summary>
    public bool IsDryRun => _dryRun.HasValue();

    /// <summary>Whether a Job in the cluster does it.</summary>
    public bool IsInCluster => _inCluster.IsWanted;

    /// <summary>Whether to ask.</summary>
    public Consent Consent { get; }

    /// <summary>The format of the answer.</summary>
    public OutputOption Output { get; }

    /// <summary>Finds the run.</summary>
    public RunChoice Runs => new(_state.Directory);

    /// <summary>The options for commands that go on with the run and ask again.</summary>
    public IEnumerable<string> Arguments => ContinueOptions.With(Given);

    /// <summary>The options for commands that go on with the run as this one does.</summary>
    public IEnumerable<string> ArgumentsWithConsent => ContinueOptions.With([.. Given, .. Consent.Arguments]);

    private IEnumerable<string> Given => [.. _state.Arguments, .. _plugins.Arguments, .. _secrets.Arguments, .. _timeouts.Arguments];

    /// <summary>Throws if there is no user to ask, and the command is not a dry run.</summary>
    /// <exception cref="UsageException">There is no terminal, and no <c>--yes</c>.</exception>
    public void EnsureCanAsk(Terminal terminal)
    {
        if (!IsDryRun)
        {
            Consent.EnsureCanAsk(terminal, "Look first with --dry-run, then add --yes.");
        }
    }

    /// <summary>Lets a Job carry out a command, and follows it.</summary>
    /// <param name="command">The command, word by word.</param>
    /// <param name="question">The question to the user.</param>
    /// <param name="terminal">Receives the log.</param>
    /// <param name="cancellationToken">Stops following the Job.</param>
    /// <returns>The exit code.</returns>
    public Task<int> ContinueInClusterAsync(IReadOnlyList<string> command, string question, Terminal terminal, CancellationToken cancellationToken)
    {
        EnsureCanAsk(terminal);
        return new InClusterRuns(_inCluster, _platform, _timeouts, Consent, Output, terminal) { IsDryRun = IsDryRun, BreaksLock = _locks.Options.BreaksLeft }
            .ContinueAsync(command, question, new MigrationPlanner(_plugins, _timeouts, terminal), cancellationToken);
    }

    /// <summary>Reads the plan of a run, to undo its steps.</summary>
    public Task<PlannedMigration> ReadAsync(RunDirectory run, Terminal terminal, CancellationToken cancellationToken) =>
        new MigrationPlanner(_plugins, _timeouts, terminal).ReadToRollBackAsync(run, new PlanOverrides { Secrets = [.. _secrets.References] }, cancellationToken);

    /// <summary>Undoes steps of a run, and asks the clusters how they are afterwards.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="scope">What is undone.</param>
    /// <param name="again">The command that goes on if it stops.</param>
    /// <param name="terminal">Receives the progress.</param>
    /// <param name="cancellationToken">Asks the running step to stop.</param>
    public async Task<(RollbackResult Result, ImmutableArray<ClusterCondition> Now)> UndoAsync(
        RunDirectory run, PlannedMigration plan, UndoScope scope, Func<RunDirectory, NextCommand> again, Terminal terminal, CancellationToken cancellationToken)
    {
        var rollback = new Rollback(_state.Directory, TimeProvider.System, _locks.Options) { Scope = scope };
        var result = await RunDisplay.ShowAsync(terminal, stopped => [again(stopped)], observer => rollback.RunAsync(run, plan, observer, cancellationToken));
        return (result, await ClusterCondition.AskAsync(plan, run, cancellationToken: default));
    }

    /// <summary>Says why not everything is undone, and how to go on.</summary>
    /// <returns>The exit code.</returns>
    public static int Conclude(RollbackResult result, Func<RunDirectory, NextCommand> again, Terminal terminal)
    {
        if (result.IsComplete)
        {
            return ExitCode.Done;
        }

        StopView.Write(terminal.Messages, result.Failure, result.Run.Exists ? [again(result.Run)] : []);
        return result.Failure is null ? ExitCode.Interrupted : ExitCode.Of(result.Failure.Kind);
    }
}

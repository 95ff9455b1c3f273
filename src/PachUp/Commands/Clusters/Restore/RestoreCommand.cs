using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Commands.Runs;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Model;
using PachUp.Pachyderm.Connections;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Restore;

/// <summary><c>pachup restore</c>: restores an archive into an empty cluster of the same line or a later one.</summary>
internal sealed class RestoreCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Restores an archive into an empty cluster. Reads the whole archive, shows the plan, asks, restores, and verifies the result.";

    private readonly CommandArgument _archive;
    private readonly SingleClusterOptions _target;
    private readonly AllOption _all;
    private readonly StateOption _state;
    private readonly LockOption _locks;
    private readonly PluginOption _plugins;
    private readonly TimeoutOptions _timeouts;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public RestoreCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup restore backup.pachx --target new:30650",
            "pachup restore backup.pachx --target kube:next/pachyderm");
        _archive = command.Argument("FILE", "The archive, as PachUp or \"pachctl extract\" wrote it.");
        _target = new SingleClusterOptions(command, "target", "The empty cluster");
        _all = new AllOption(command, hasChecks: true);
        _state = new StateOption(command);
        _locks = new LockOption(command);
        _plugins = new PluginOption(command);
        _timeouts = new TimeoutOptions(command);
        _consent = new Consent(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var archive = ArchiveArgument();
        _consent.EnsureCanAsk(terminal);
        var migrations = new MigrationPlanner(_plugins, _timeouts, terminal) { StatePath = _state.Directory.Path, UnfinishedRuns = _locks.Refusing(_state.Directory) };
        var overrides = new PlanOverrides
        {
            Target = _target.Address,
            TargetPeer = _target.Peer.Value,
            Platform = _target.Platform.Platform,
            Settings = _target.Platform.Settings,
            To = await ReleaseOfTargetAsync(migrations, terminal, cancellationToken),
            Set = [$"archive={archive}"],
        };
        await using var plan = await migrations.PlanAsync(Installation.PlanOfCommand("restore"), overrides, platform: null, cancellationToken);
        return await CarryOutAsync(plan, terminal, cancellationToken);
    }

    private async Task<int> CarryOutAsync(PlannedMigration plan, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!_output.IsJson)
        {
            PlanView.Write(terminal.Answer, plan.Preview, ItemLimit.Of(_all));
            terminal.Answer.Blank();
        }

        var run = new PlanExecution(_state, _locks, _output, [.. _state.Arguments, .. _plugins.Arguments, .. _timeouts.Arguments, .. _consent.Arguments]);
        if (plan.Preview.IsRefused)
        {
            return run.NothingDone(plan.Preview, "Nothing was done. Fix the findings marked \"refused\" first.", ExitCode.Refused, terminal);
        }

        return await _consent.AskAsync(terminal, "Restore exactly this?", cancellationToken)
            ? await run.ApplyAsync(plan, terminal, cancellationToken)
            : run.NothingDone(plan.Preview, "Nothing was done.", ExitCode.Interrupted, terminal);
    }

    /// <summary>The restored operations must fit the target, so its release is read from the server and cannot be chosen.</summary>
    private async Task<string> ReleaseOfTargetAsync(MigrationPlanner migrations, Terminal terminal, CancellationToken cancellationToken)
    {
        var platform = ClusterConnector.FindPlatform(_target.Platform, () => migrations.Catalogue);
        var connector = new ClusterConnector(KubeContexts.Addresses(_timeouts.For(terminal)), platform, _target.Platform.Settings);
        await using var client = PachdClient.Create(await connector.FindAsync(_target.Address, _target.Name, cancellationToken));
        return (await client.GetReleaseAsync(cancellationToken)).WithoutSuffix().ToString();
    }

    private string ArchiveArgument()
    {
        var path = _archive.Required("Name the archive: pachup restore FILE --target HOST:PORT.");
        return File.Exists(path) ? Path.GetFullPath(path) : throw new UsageException($"there is no archive \"{path}\"", "Check the path.");
    }
}

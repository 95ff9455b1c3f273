using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Commands.Runs;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Extract;

/// <summary><c>pachup extract</c>: writes the state of a cluster to an archive, and what an archive cannot contain to files beside it.</summary>
internal sealed class ExtractCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Writes the state of a cluster to an archive, with its manifest and inventory. Changes nothing on the cluster.";

    private readonly SingleClusterOptions _source;
    private readonly RenamedOption _archive;
    private readonly CommandOption _noObjects;
    private readonly CommandOption _attempts;
    private readonly AllOption _all;
    private readonly StateOption _state;
    private readonly LockOption _locks;
    private readonly PluginOption _plugins;
    private readonly TimeoutOptions _timeouts;
    private readonly OutputOption _output;

    public ExtractCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup extract --source old:30650 --archive backup.pachx",
            "pachup extract --source old:30650 --archive metadata.pachx --no-objects",
            "pachup extract --source kube:prod/pachyderm --archive backup.pachx");
        _source = new SingleClusterOptions(command, "source", "The cluster");
        _archive = new RenamedOption(command, command.Value("--archive <FILE>", "The archive to write. An existing file is never overwritten."), "--to", "-o");
        _noObjects = command.Flag("--no-objects", "Leave out the content of files: metadata only.");
        _attempts = command.Value("--attempts <N>", "How many times to extract before giving up on a cluster that keeps changing. Default: 3.");
        _all = new AllOption(command);
        _state = new StateOption(command);
        _locks = new LockOption(command);
        _plugins = new PluginOption(command);
        _timeouts = new TimeoutOptions(command);
        _output = new OutputOption(command, hasShortName: false);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var archive = ArchiveOption(terminal);
        var overrides = new PlanOverrides
        {
            Source = _source.Address,
            SourcePeer = _source.Peer.Value,
            Platform = _source.Platform.Platform,
            Settings = _source.Platform.Settings,
            Set = [$"objects={(_noObjects.HasValue() ? "false" : "true")}", $"archive={archive}", $"attempts={AttemptsOption()}"],
        };
        var migrations = new MigrationPlanner(_plugins, _timeouts, terminal) { StatePath = _state.Directory.Path, UnfinishedRuns = _locks.Refusing(_state.Directory) };
        await using var plan = await migrations.PlanAsync(Installation.PlanOfCommand("extract"), overrides, platform: null, cancellationToken);
        return await CarryOutAsync(plan, terminal, cancellationToken);
    }

    private async Task<int> CarryOutAsync(PlannedMigration plan, Terminal terminal, CancellationToken cancellationToken)
    {
        var run = new PlanExecution(_state, _locks, _output, [.. _state.Arguments, .. _plugins.Arguments, .. _timeouts.Arguments]);
        if (!plan.Preview.IsRefused)
        {
            return await run.ApplyAsync(plan, terminal, cancellationToken);
        }

        if (!_output.IsJson)
        {
            FindingsView.Write(terminal.Answer, plan.Preview.Findings, ItemLimit.Of(_all));
        }

        return run.NothingDone(plan.Preview, "Nothing was done. Fix the findings marked \"refused\" first.", ExitCode.Refused, terminal);
    }

    private string ArchiveOption(Terminal terminal)
    {
        var path = _archive.Read(terminal) ?? throw new UsageException("--archive is missing", "Name the file to write: pachup extract --archive backup.pachx.");
        return !File.Exists(path) ? Path.GetFullPath(path) : throw new UsageException(
            $"the file \"{path}\" already exists", "Move it away, or choose another name with --archive.");
    }

    private int AttemptsOption() => _attempts.Value() switch
    {
        null => 3,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 100 => number,
        var text => throw new UsageException($"--attempts cannot be \"{text}\"", "Give a number from 1 to 100."),
    };
}

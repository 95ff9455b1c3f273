using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Runs;
using PachUp.Model;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Views;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary><c>pachup rehearse</c>: runs a plan between sandboxes that have the metadata of a real cluster.</summary>
internal sealed class RehearseCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Runs a plan between two sandboxes that hold the metadata of a real cluster, and reports the result. "
        + "Only reads the real cluster.";

    private readonly PlanOptions _plan;
    private readonly CommandOption _source;
    private readonly PeerOption _peer;
    private readonly CommandOption _archive;
    private readonly CommandOption _release;
    private readonly CommandOption _keep;
    private readonly AllOption _all;
    private readonly TimeoutOptions _timeouts;
    private readonly StateOption _state;
    private readonly OutputOption _output;

    public RehearseCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup rehearse pachyderm-1.8.7-to-1.9.0 --source old:30650",
            "pachup rehearse pachyderm-1.8.7-to-1.9.0 --source old:30650 --set objects=true --to 1.9.12",
            "pachup rehearse pachyderm-1.8.7-to-1.9.0 --archive backup.pachx --release 1.8.7 --output json");
        _plan = new PlanOptions(command);
        _source = command.Value(
            "--source <ADDRESS>", "The cluster to rehearse with: HOST:PORT or a URL. Default: the plan's, else the address that pachctl uses.");
        _peer = new PeerOption(command, "source");
        _archive = command.Value("--archive <FILE>", "An archive to rehearse with instead of a cluster.");
        _release = command.Value("--release <RELEASE>", "With --archive: the release that wrote it. Default: the release in its manifest, else a guess.");
        _keep = command.Value("--keep <DIR>", "Keep the files of the rehearsal in this directory. Default: they are deleted.");
        _all = new AllOption(command, hasChecks: true);
        _timeouts = new TimeoutOptions(command);
        _state = new StateOption(command);
        _output = new OutputOption(command);
        command.Check(Check);
    }

    private PlanOverrides Overrides => _plan.Overrides with { Source = _source.Value(), SourcePeer = _peer.Value };

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var plan = new MigrationPlanner(_plan.Plugins, _timeouts, terminal).Request(_plan.Plan, Overrides);
        ThrowIfItRestores(plan);
        using var directory = new RehearsalDirectory(_keep.Value());
        await using var origin = await OpenOriginAsync(plan, terminal, cancellationToken);
        var rehearser = new Rehearser(new RehearsalRequest
        {
            Plan = plan,
            Origin = origin,
            StartClusters = RehearsalClusters.StartAsync,
            Directory = directory.State,
            RealState = _state.Directory,
            Time = TimeProvider.System,
        });
        var report = await rehearser.RehearseAsync(new Display(terminal), cancellationToken);
        Show(report, directory.KeptPath, terminal);
        return ExitCode.Of(report.Outcome);
    }

    private void Check()
    {
        if (_archive.HasValue() && _source.HasValue())
        {
            throw new UsageException("--source and --archive cannot be used together", "Leave one of them out.");
        }

        if (_archive.HasValue() && _peer.Value is not null)
        {
            throw new UsageException($"{_peer.Name} and --archive cannot be used together", "Leave one of them out.");
        }

        if (_release.HasValue() && !_archive.HasValue())
        {
            throw new UsageException("--release needs --archive", "Add --archive, or leave out --release.");
        }

        if (_archive.Value() is { } archive && !File.Exists(archive))
        {
            throw new UsageException($"there is no archive \"{archive}\"", "Check the path.");
        }
    }

    private static void ThrowIfItRestores(PlanRequest plan)
    {
        if (!plan.Document.Purpose.ReadsCluster())
        {
            throw new UsageException(
                $"the plan \"{plan.Document.Name}\" restores a backup, so there is no cluster to rehearse with",
                "Try it with an empty sandbox as the target: run \"pachup sandbox\", then \"pachup apply\" with its address after --target.");
        }
    }

    private async Task<IRehearsalOrigin> OpenOriginAsync(PlanRequest plan, Terminal terminal, CancellationToken cancellationToken) =>
        _archive.Value() is { } archive
            ? await WorkDisplay.ShowAsync(
                terminal, progress => ArchiveOrigin.OpenAsync(archive, ReleaseOfArchive(), plan.Releases, progress, cancellationToken))
            : new LiveOrigin(plan, TimeProvider.System);

    private Release? ReleaseOfArchive() => _release.Value() switch
    {
        null => null,
        var text when Release.TryParse(text, out var release) => release,
        var text => throw new UsageException($"\"{text}\" is not a release", "Give three numbers, such as 1.8.7."),
    };

    private void Show(RehearsalReport report, string? keptPath, Terminal terminal) => _output.Show(
        terminal,
        () => RehearsalDocument.Of(report, keptPath),
        page => RehearsalView.Write(page, report, keptPath, ItemLimit.Of(_all)));

    private sealed class Display(Terminal terminal) : IRehearsalDisplay
    {
        public Task<T> LookAsync<T>(Func<IProgress<StepProgress>, Task<T>> look) => WorkDisplay.ShowAsync(terminal, look);

        public Task<RunResult> RunAsync(Func<IRunObserver, Task<RunResult>> run) => RunDisplay.ShowAsync(terminal, _ => [], run);
    }
}

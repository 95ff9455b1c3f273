using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sandbox.Server.Data;

namespace PachUp.Commands.Sandboxes;

/// <summary><c>pachup sandbox</c>: runs a sandbox until the command is stopped.</summary>
internal sealed class SandboxCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Runs a sandbox until you press Ctrl+C: the gRPC API of a pachd release on 127.0.0.1, with its state in memory or in a directory.";

    private readonly CommandOption _release;
    private readonly CommandOption _port;
    private readonly CommandOption _peerPort;
    private readonly CommandOption _exposeObjectApi;
    private readonly CommandOption _data;
    private readonly CommandOption _archive;
    private readonly CommandOption _runPipelines;
    private readonly CommandOption _maxTxnOps;
    private readonly OutputOption _output;

    public SandboxCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup sandbox --release 1.8.7 --port 30650 --archive source.pachx",
            "pachup sandbox --release 1.9.0 --data try-1.9");
        _release = command.Value(
            "--release <RELEASE>",
            $"The release to behave as: {string.Join(", ", SandboxReleases.All)}. Default: the release of --data, else {DefaultRelease}.");
        _port = command.Value("--port <PORT>", "The port to listen on. Default: any free port.");
        _peerPort = command.Value("--peer-port <PORT>", "The peer port, which serves every call. Default: any free port.");
        _exposeObjectApi = command.Flag(
            "--expose-object-api", "Serve the object API on the public port too. Default: only on the peer port, as pachd in production.");
        _data = command.Value(
            "--data <DIR>",
            "A directory for its state, including objects. It is created if it does not exist. Default: the state is kept in memory.");
        _archive = command.Value("--archive <FILE>", "An archive to restore into the empty cluster. Default: none.");
        _runPipelines = command.Flag("--run-pipelines", "Run workers: they copy the inputs of pipelines to their outputs. Default: output commits stay open.");
        _maxTxnOps = command.Value(
            "--max-txn-ops <N>",
            $"How many operations its etcd accepts in one transaction. Default: {DefaultOptions.MaxTxnOps}, as pachctl deploys it; etcd's own default is {Etcd.DefaultTransactionLimit}.");
        _output = new OutputOption(command);
    }

    private static Release DefaultRelease { get; } = new(1, 9, 0);

    private static SandboxOptions DefaultOptions { get; } = new() { Release = DefaultRelease };

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var options = Options();
        if (options.Archive is not null)
            await SandboxArchive.CheckAsync(options.Archive, options.Release, terminal, cancellationToken);

        await using var cluster = await SandboxCluster.StartAsync(options, cancellationToken);
        var document = new SandboxDocument(cluster.Address.ToString(), cluster.Release, options.Archive, options.DataDirectory)
        {
            PeerAddress = cluster.PeerAddress.ToString(),
            ExposesObjectApi = options.ExposeObjectApi,
        };
        _output.Show(terminal, () => document, page => SandboxView.Write(page, document));
        await UntilStoppedAsync(cluster, cancellationToken);
        return ExitCode.Done;
    }

    private SandboxOptions Options() => new()
    {
        Release = ReleaseOption(),
        Port = PortOf(_port),
        PeerPort = PortOf(_peerPort),
        ExposeObjectApi = _exposeObjectApi.HasValue(),
        DataDirectory = _data.Path(),
        Archive = _archive.Path(),
        RunPipelines = _runPipelines.HasValue(),
        MaxTxnOps = MaxTxnOpsOption(),
    };

    private int MaxTxnOpsOption() => _maxTxnOps.Value() switch
    {
        null => DefaultOptions.MaxTxnOps,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw new UsageException($"\"{text}\" is not a number of operations", "Give a whole number from 1 on, such as --max-txn-ops 128."),
    };

    private Release ReleaseOption()
    {
        var kept = _data.Path() is { } data && !_release.HasValue() ? SandboxDataDirectory.FindRelease(data) : null;
        var text = _release.Value() ?? kept ?? DefaultRelease.ToString();
        return Release.TryParse(text, out var release) && SandboxReleases.All.Contains(release) ? release : throw UnknownRelease(text);
    }

    private static UsageException UnknownRelease(string text)
    {
        var known = SandboxReleases.All.Select(release => release.ToString()).ToList();
        var suggestion = NearestName.Of(text, known) is { } nearest ? $"; did you mean \"{nearest}\"?" : ".";
        return new UsageException($"there is no sandbox of release \"{text}\"", $"Choose one of {string.Join(", ", known)}{suggestion}");
    }

    private static int PortOf(CommandOption option) => option.Value() switch
    {
        null => 0,
        var text when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 => port,
        var text => throw new UsageException(
            $"\"{text}\" is not a port", $"Give a number from 1 to 65535, or leave --{option.LongName} out for any free port."),
    };

    /// <exception cref="DataDirectoryException">The cluster cannot continue.</exception>
    private static async Task UntilStoppedAsync(SandboxCluster cluster, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        if (await Task.WhenAny(stopped.Task, cluster.Failure) == cluster.Failure)
            throw await cluster.Failure;
    }
}

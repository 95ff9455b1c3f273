using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Engine;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup sandbox</c>: a pachd in a box, for as long as the command runs.</summary>
internal sealed class SandboxCommand : ICommand
{
    private readonly CommandOption _release;
    private readonly CommandOption _port;
    private readonly CommandOption _archive;
    private readonly OutputOption _output;

    public SandboxCommand(CommandLineApplication command)
    {
        command.Describe(
            "Runs a pachd in a box until it is stopped with Ctrl+C: the gRPC API of a release, in memory, on 127.0.0.1.",
            "pachup sandbox --release 1.8.7 --port 30650 --archive source.pachx",
            "pachup sandbox --release 1.9.0");
        _release = command.Value(
            "--release <RELEASE>",
            $"What it behaves as: {string.Join(", ", SandboxReleases.All)}. Default: {DefaultRelease}.");
        _port = command.Value("--port <PORT>", "Where it listens. Default: any port that is free.");
        _archive = command.Value("--archive <FILE>", "An archive to fill it with. Default: it is empty.");
        _output = new OutputOption(command);
    }

    private static Release DefaultRelease => SandboxReleases.All[^2];

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var archive = _archive.Value();
        var options = new SandboxOptions { Release = ReleaseOption(), Port = PortOption() };
        await using var cluster = await SandboxCluster.StartAsync(options, cancellationToken);
        if (archive is not null)
        {
            await cluster.FillAsync(archive, cancellationToken);
        }

        _output.Show(
            terminal,
            () => new SandboxDocument(cluster.Address.ToString(), cluster.Release, archive),
            page => SandboxView.Write(page, cluster.Address.ToString(), cluster.Release, archive));
        await UntilStoppedAsync(cancellationToken);
        return ExitCode.Done;
    }

    private Release ReleaseOption()
    {
        var text = _release.Value() ?? DefaultRelease.ToString();
        return Release.TryParse(text, out var release) && SandboxReleases.All.Contains(release) ? release : throw UnknownRelease(text);
    }

    private static UsageException UnknownRelease(string text)
    {
        var known = SandboxReleases.All.Select(release => release.ToString()).ToList();
        var suggestion = NearestName.Of(text, known) is { } nearest ? $"; did you mean \"{nearest}\"?" : ".";
        return new UsageException($"there is no sandbox of release \"{text}\"", $"Choose one of {string.Join(", ", known)}{suggestion}");
    }

    private int PortOption() => _port.Value() switch
    {
        null => 0,
        var text when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 => port,
        var text => throw new UsageException(
            $"\"{text}\" is not a port", "Give a number from 1 to 65535, or leave --port out for any that is free."),
    };

    private static Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(stopped.SetResult);
        return stopped.Task;
    }
}

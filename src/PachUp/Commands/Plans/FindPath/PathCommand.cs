using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Routes;
using PachUp.Model;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Views;

namespace PachUp.Commands.Plans.FindPath;

/// <summary><c>pachup path</c>: shows the path from one release to another.</summary>
internal sealed class PathCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Shows how to get from one release to another, step by step. Exit code 3 if there is no path.";

    private readonly CommandOption _from;
    private readonly CommandOption _source;
    private readonly CommandOption _to;
    private readonly PluginOption _plugins;
    private readonly TimeoutOptions _timeouts;
    private readonly OutputOption _output;

    public PathCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup path --from 1.7.9 --to 1.9.12",
            "pachup path --source old:30650 --to latest",
            "pachup path --from 1.7.9 --to 1.9.12 --output mermaid");
        _from = command.Value("--from <RELEASE>", "The release to start from.");
        _source = command.Value(
            "--source <ADDRESS>", "The cluster to start from: HOST:PORT or a URL. Default, without --from: the address that pachctl uses.");
        _to = command.Value("--to <RELEASE>", "The target release, or \"latest\" for the newest that can be reached.");
        _plugins = new PluginOption(command);
        _timeouts = new TimeoutOptions(command);
        _output = new OutputOption(command, draws: true);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var routes = new RouteChoice(Installation.LoadCatalogue(_plugins, terminal));
        var to = routes.ReadDestination(_to.Value());
        var from = await StartAsync(routes, terminal, cancellationToken);
        var way = routes.Find(from, to);
        if (_output.IsMermaid)
        {
            terminal.Answer.Document(PathDrawing.Of(way));
        }
        else
        {
            _output.Show(terminal, () => way, page => Write(page, way));
        }

        return way.Outcome is MigrationPathOutcome.Found or MigrationPathOutcome.AlreadyThere ? ExitCode.Done : ExitCode.Refused;
    }

    private async Task<Release> StartAsync(RouteChoice routes, Terminal terminal, CancellationToken cancellationToken)
    {
        if (_from.Value() is { } from)
        {
            return _source.HasValue()
                ? throw new UsageException("--from and --source cannot be used together", "Leave one of them out.")
                : routes.ReadPublished("--from", from);
        }

        await using var client = PachdClient.Create(KubeContexts.Addresses(_timeouts.For(terminal)).Resolve(_source.Value(), "--source"));
        return await client.GetReleaseAsync(cancellationToken);
    }

    private void Write(Page page, MigrationPath way)
    {
        PathView.Write(page, way);
        if (way.Hops is [{ Plan: { } plan } first, ..])
        {
            NextCommandView.Write(page, NextCommand.Plan(plan, first.To, _source.Value()));
        }
    }
}

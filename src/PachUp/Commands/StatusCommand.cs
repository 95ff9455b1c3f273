using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Pachyderm.Connections;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup status</c>: which clusters answer, what they hold, and what was done last.</summary>
internal sealed class StatusCommand : ICommand
{
    private const int RunsShown = 5;

    private readonly ClusterOptions _clusters;
    private readonly StateOption _state;
    private readonly OutputOption _output;

    public StatusCommand(CommandLineApplication command)
    {
        command.Describe(
            "Shows the release, id and contents of the clusters that answer, and the last runs. Changes nothing.",
            "pachup status",
            "pachup status --source old:30650 --target new:30650 --output json");
        _clusters = new ClusterOptions(command);
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _output.Validate();
        var clusters = await ProgressLine.ShowAsync(terminal, _ => LookAsync(terminal, cancellationToken));
        var runs = _state.Directory.ListRuns().Reverse().Take(RunsShown).Select(RunOverview.Of).ToList();
        _output.Show(
            terminal,
            () => StatusDocument.Of(clusters, runs),
            page => StatusView.Write(page, clusters, runs, _state.Directory.Path));
        return clusters.Any(cluster => cluster.IsNamed && cluster.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<IReadOnlyList<ClusterStatus>> LookAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var addresses = AddressResolver.FromProcess(_clusters.Patience.For(terminal));
        var source = await ClusterStatus.LookAsync("source", _clusters.Source, addresses, cancellationToken);
        return _clusters.Target is { } target
            ? [source, await ClusterStatus.LookAsync("target", target, addresses, cancellationToken)]
            : [source];
    }
}

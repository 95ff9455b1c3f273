using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Commands.Runs.InCluster;
using PachUp.Model;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Commands.Clusters.Status;

/// <summary><c>pachup status</c>: shows which clusters answer, their contents, and the last runs.</summary>
internal sealed class StatusCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Shows the release, id and contents of the clusters that answer, and the last runs. Changes nothing.";

    private const int RunsShown = 5;

    private readonly ClusterOptions _clusters;
    private readonly PluginOption _plugins;
    private readonly StateOption _state;
    private readonly LockDirectoryOption _locks;
    private readonly InClusterOptions _inCluster;
    private readonly OutputOption _output;

    public StatusCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup status",
            "pachup status --source old:30650 --target new:30650 --output json",
            "pachup status --kube-context prod --namespace pachyderm",
            "pachup status --in-cluster --namespace pachyderm");
        _clusters = new ClusterOptions(command);
        _plugins = new PluginOption(command);
        _state = new StateOption(command);
        _locks = new LockDirectoryOption(command);
        _inCluster = InClusterOptions.ForReading(command);
        _output = new OutputOption(command);
        command.Check(() => _inCluster.ThrowIfUsedWith(
            [InClusterOptions.StateDirectory(_state), .. _clusters.AddressOptions.Select(option => (true, option, "in the cluster, PachUp finds the pod of pachd"))]));
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken) =>
        _inCluster.IsWanted ? LookInClusterAsync(terminal, cancellationToken) : LookFromHereAsync(terminal, cancellationToken);

    private async Task<int> LookInClusterAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var reading = new InClusterReading(_inCluster, _clusters.Platform, _output, terminal);
        var catalogue = Installation.LoadCatalogue(_plugins, terminal);
        string[] command = ["status", .. await reading.PlaceThereAsync(catalogue, cancellationToken), .. _clusters.Timeouts.Arguments];
        return await reading.AnswerAsync(command, catalogue, cancellationToken);
    }

    private async Task<int> LookFromHereAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var platform = ClusterConnector.FindPlatform(_clusters.Platform, () => Installation.LoadCatalogue(_plugins, terminal));
        var deployments = await WorkDisplay.ShowAsync(terminal, progress => LookAtDeploymentsAsync(platform, progress, cancellationToken));
        var clusters = await WorkDisplay.ShowAsync(terminal, progress => LookAsync(platform, terminal, progress, cancellationToken));
        clusters = platform is ILockingPlatform ? clusters : [.. clusters.Select(WithLocks)];
        var runs = _state.Directory.ListRuns().Reverse().Take(RunsShown).Select(RunSummary.Of).ToList();
        var attention = Attention.Of(_state.Directory, [.. clusters], [.. ContinueOptions.With([.. _state.Arguments, .. _plugins.Arguments])]);
        _output.Show(
            terminal,
            () => StatusDocument.Of(clusters, deployments, runs, attention),
            page => StatusView.Write(page, clusters, deployments, runs, _state.Directory.Path, attention));
        return clusters.Any(cluster => cluster.IsNamed && cluster.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private ClusterStatus WithLocks(ClusterStatus cluster) =>
        cluster.ClusterId is { } id ? cluster with { Locks = _locks.Finding(_state.Directory).DescribeLocks(id) } : cluster;

    private async Task<IReadOnlyList<PlatformStatus>> LookAtDeploymentsAsync(
        IPlatform? platform, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var options = _clusters.Platform;
        if (platform is not ILookingPlatform looking)
        {
            return [];
        }

        progress.Report(new StepProgress("looking at the deployment of the source"));
        var source = await PlatformStatus.LookAsync("source", looking, options.Settings, cancellationToken);
        if (options.TargetSettings.IsEmpty)
        {
            return [source];
        }

        progress.Report(new StepProgress("looking at the deployment of the target"));
        return [source, await PlatformStatus.LookAsync("target", looking, options.Settings.SetItems(options.TargetSettings), cancellationToken)];
    }

    private async Task<IReadOnlyList<ClusterStatus>> LookAsync(
        IPlatform? platform, Terminal terminal, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var addresses = KubeContexts.Addresses(_clusters.Timeouts.For(terminal));
        var way = new ClusterConnector(addresses, platform, _clusters.Platform.Settings);
        var targetConnector = way with { Settings = way.Settings.SetItems(_clusters.Platform.TargetSettings) };
        progress.Report(new StepProgress("asking the source"));
        var source = await ClusterStatus.LookAsync("source", _clusters.Source, _clusters.SourcePeer, way, cancellationToken);
        if (_clusters.Target is null && _clusters.TargetPeer.Value is null && _clusters.Platform.TargetSettings.IsEmpty)
        {
            return [source];
        }

        progress.Report(new StepProgress("asking the target"));
        return [source, await ClusterStatus.LookAsync("target", _clusters.Target, _clusters.TargetPeer, targetConnector, cancellationToken)];
    }
}

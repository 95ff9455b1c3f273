using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Commands.Runs.InCluster;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Runs.List;

/// <summary><c>pachup runs list</c>: lists all runs, newest first.</summary>
internal sealed class RunsListCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Lists all runs, newest first.";

    private readonly StateOption _state;
    private readonly PluginOption _plugins;
    private readonly PlatformOptions _platform;
    private readonly InClusterOptions _inCluster;
    private readonly OutputOption _output;

    public RunsListCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup runs list", "pachup runs list --output json", "pachup runs list --in-cluster --namespace pachyderm");
        _state = new StateOption(command);
        _plugins = new PluginOption(command);
        _platform = PlatformOptions.ForOne(command, () => null);
        _inCluster = InClusterOptions.ForReading(command);
        _output = new OutputOption(command);
        command.Check(() => _inCluster.ThrowIfMisplaced(_state, _platform));
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        if (_inCluster.IsWanted)
        {
            return new InClusterReading(_inCluster, _platform, _output, terminal).AnswerAsync(
                ["runs", "list"], Installation.LoadCatalogue(_plugins, terminal), cancellationToken);
        }

        var state = _state.Directory;
        var runs = state.ListRuns().Reverse().Select(RunSummary.Of).ToList();
        _output.Show(terminal, () => RunsDocument.Of(runs), page => RunsView.Write(page, runs, state.Path));
        return Task.FromResult(ExitCode.Done);
    }
}

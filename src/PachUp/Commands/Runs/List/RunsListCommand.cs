using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
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
    private readonly OutputOption _output;

    public RunsListCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup runs list", "pachup runs list --output json");
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var state = _state.Directory;
        var runs = state.ListRuns().Reverse().Select(RunSummary.Of).ToList();
        _output.Show(terminal, () => RunsDocument.Of(runs), page => RunsView.Write(page, runs, state.Path));
        return Task.FromResult(ExitCode.Done);
    }
}

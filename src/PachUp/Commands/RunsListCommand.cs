using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup runs list</c>: all runs, the last one first.</summary>
internal sealed class RunsListCommand : ICommand
{
    private readonly StateOption _state;
    private readonly OutputOption _output;

    public RunsListCommand(CommandLineApplication command)
    {
        command.Describe("Lists all runs, the last one first.", "pachup runs list", "pachup runs list --output json");
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var state = _state.Directory;
        var runs = state.ListRuns().Reverse().Select(RunOverview.Of).ToList();
        _output.Show(terminal, () => RunsDocument.Of(runs), page => RunsView.Write(page, runs, state.Path));
        return Task.FromResult(ExitCode.Done);
    }
}

using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup runs show</c>: what became of the steps of a run, and its journal.</summary>
internal sealed class RunsShowCommand : ICommand
{
    private readonly CommandArgument _run;
    private readonly StateOption _state;
    private readonly OutputOption _output;

    public RunsShowCommand(CommandLineApplication command)
    {
        command.Describe("Shows what became of the steps of a run, their outputs, and its journal.", "pachup runs show", "pachup runs show 20250301-101500-3f9a");
        _run = command.Argument("RUN", "The run. Default: the last one.");
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var run = RunOverview.Of(new RunChoice(_state.Directory).FindOrLast(_run.Value, _ => true, "shown"));
        _output.Show(terminal, () => RunShowDocument.Of(run), page => RunsView.WriteOne(page, run));
        return Task.FromResult(ExitCode.Done);
    }
}

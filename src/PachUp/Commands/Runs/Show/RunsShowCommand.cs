using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Runs.Show;

/// <summary><c>pachup runs show</c>: shows the steps of a run, and its journal.</summary>
internal sealed class RunsShowCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Shows the steps of a run, their outputs, and its journal.";

    private readonly CommandArgument _run;
    private readonly StateOption _state;
    private readonly OutputOption _output;

    public RunsShowCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup runs show", "pachup runs show 20250301-101500-3f9a");
        _run = command.Argument("RUN", "The run. Default: the last one.");
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var run = RunSummary.Of(new RunChoice(_state.Directory).FindOrLast(_run.Value, _ => true, "shown"));
        _output.Show(terminal, () => RunShowDocument.Of(run), page => RunsView.WriteOne(page, run));
        return Task.FromResult(ExitCode.Done);
    }
}

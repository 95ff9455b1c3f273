using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Reports;
using PachUp.Model;

namespace PachUp.Commands.Runs.Report;

/// <summary><c>pachup runs report</c>: prints what a run left out, changed and kept, for a change request.</summary>
internal sealed class RunsReportCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Prints what a run left out, changed and kept, as Markdown for your change request.";

    private readonly CommandArgument _run;
    private readonly StateOption _state;
    private readonly OutputOption _output;

    public RunsReportCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup runs report > migration.md",
            "pachup runs report 20250301-101500-3f9a --output json");
        _run = command.Argument("RUN", "The run. Default: the last one.");
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _output.Validate();
        var account = RunOverview.Read(new RunChoice(_state.Directory).FindOrLast(_run.Value, _ => true, "reported"));
        _output.Show(terminal, () => account, page => page.Raw(RunReport.Write(account).TrimEnd()));
        return Task.FromResult(ExitCode.Done);
    }
}

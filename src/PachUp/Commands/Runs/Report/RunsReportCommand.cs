using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Writing;
using PachUp.Model;

namespace PachUp.Commands.Runs.Report;

/// <summary><c>pachup runs report</c>: reports what a run did, lost, left out, changed and kept, for a change request.</summary>
internal sealed class RunsReportCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Reports what a run did, lost, left out, changed and kept, as Markdown, HTML or JSON for your change request.";

    private readonly CommandArgument _run;
    private readonly StateOption _state;
    private readonly OutputOption _output;
    private readonly ReportFormatOption _format;
    private readonly CommandOption _out;

    public RunsReportCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup runs report > migration.md",
            "pachup runs report --out migration.html",
            "pachup runs report 20250301-101500-3f9a --format json");
        _run = command.Argument("RUN", "The run. Default: the last one.");
        _format = new ReportFormatOption(command);
        _out = command.Value("--out <FILE>", "Write the report into this file, which only you can read. Only an earlier report is replaced.");
        _state = new StateOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var file = _out.Path();
        var format = _format.For(file);
        if (_output.IsJson && _format.IsGiven && file is null && format != ReportFormat.Json)
        {
            throw new UsageException("--output json and --format ask for two forms of the report", "Leave one of them out, or write the report into a file with --out.");
        }

        var report = RunReport.Read(new RunChoice(_state.Directory).FindOrLast(_run.Value, _ => true, "reported"));
        if (file is null)
        {
            _output.Show(terminal, () => report, page => page.Document(ReportFile.Text(report, format).TrimEnd()));
        }
        else
        {
            ReportFile.Write(file, report, format);
            var document = new ReportDocument(report.Run.Id, report.Verdict, Path.GetFullPath(file), format);
            _output.Show(terminal, () => document, page => page.Line($"Wrote the report of run {report.Run.Id} to {file}: {report.Verdict.Sentence}"));
        }

        return Task.FromResult(ExitCode.Done);
    }
}

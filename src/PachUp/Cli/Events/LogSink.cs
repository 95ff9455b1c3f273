using Microsoft.Extensions.Logging;
using PachUp.Common.Text;

namespace PachUp.Cli.Events;

/// <summary>Writes events to a log: what support needs to understand what happened.</summary>
/// <param name="log">The log.</param>
internal sealed partial class LogSink(ILogger log) : IEventSink
{
    public void Take(ToolEvent happened)
    {
        switch (happened)
        {
            case RunBegan run:
                LogRun(run.Run, run.Path);
                break;
            case RunNote note:
                LogNote(note.Text);
                break;
            case StepBegan step:
                LogStep(step.Step, step.Number, step.Count);
                break;
            case StepWorks works:
                LogProgress(works.Step is { } id ? $"step {id}" : "outside of a run", works.Text, works.Done, works.Total, works.Unit);
                break;
            case StepEnded ended:
                LogEnd(ended.Step, ended.State.ToString(), ended.Seconds, ended.Text);
                break;
            case LateWritesSeen late:
                LogWarning(string.Join("; ", late.Writes.Prepend(late.Text)));
                break;
            case Warned warned:
                LogWarning(warned.Text);
                break;
            case Asked asked:
                LogQuestion(asked.Text, asked.Answer);
                break;
            case Failed failed:
                LogFailure(failed.ExitCode, failed.Message, string.Join("; ", failed.Details), failed.Remedy);
                LogTrace(failed.Trace);
                break;
            default:
                // Plans and answers are documents, which the run directory and the answer have.
                LogOther(happened.Event);
                break;
        }
    }

    /// <summary>Each line is an entry, because an entry has one line.</summary>
    private void LogTrace(string? trace)
    {
        foreach (var line in trace is null ? [] : SafeText.LinesOf(trace))
        {
            LogLineOfTrace(line);
        }
    }

    [LoggerMessage(LogLevel.Information, "run {Run} in {Path}")]
    private partial void LogRun(string run, string path);

    [LoggerMessage(LogLevel.Information, "note: {Text}")]
    private partial void LogNote(string text);

    [LoggerMessage(LogLevel.Information, "step {Step} begins ({Number} of {Count})")]
    private partial void LogStep(string step, int number, int count);

    [LoggerMessage(LogLevel.Debug, "{Where}: {Text} {Done}/{Total} {Unit}")]
    private partial void LogProgress(string where, string text, long? done, long? total, string unit);

    [LoggerMessage(LogLevel.Information, "step {Step} {State} after {Seconds} s: {Text}")]
    private partial void LogEnd(string step, string state, double? seconds, string text);

    [LoggerMessage(LogLevel.Warning, "{Text}")]
    private partial void LogWarning(string text);

    [LoggerMessage(LogLevel.Information, "asked \"{Text}\", answered \"{Answer}\"")]
    private partial void LogQuestion(string text, string answer);

    [LoggerMessage(LogLevel.Error, "error, exit code {ExitCode}: {Message} {Details} {Remedy}")]
    private partial void LogFailure(int exitCode, string message, string details, string remedy);

    [LoggerMessage(LogLevel.Error, "{Line}")]
    private partial void LogLineOfTrace(string line);

    [LoggerMessage(LogLevel.Debug, "{Event}")]
    private partial void LogOther(string @event);
}

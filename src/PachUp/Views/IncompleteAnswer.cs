using PachUp.Cli;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Model;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Reports on standard error that the answer could not be written to standard output.</summary>
internal static class IncompleteAnswer
{
    /// <summary>Stops before anything is changed, if the plan could not be shown.</summary>
    /// <exception cref="StepFailedException">It could not.</exception>
    public static void ThrowIfIncomplete(Terminal terminal)
    {
        if (terminal.AnswerFailure is { } failure)
        {
            throw new StepFailedException(
                $"the plan could not be written to standard output, so nothing was started: {Reason(failure)}",
                "Neither cluster was changed. Free disk space or redirect standard output, and run the command again.",
                failure);
        }
    }

    /// <summary>Reports that the answer is incomplete, and how the run ended.</summary>
    /// <param name="terminal">Receives the message.</param>
    /// <param name="exitCode">The exit code of the command.</param>
    /// <returns>The exit code of the process. It says that the answer is missing only if nothing worse happened.</returns>
    public static int Report(Terminal terminal, int exitCode)
    {
        if (terminal.AnswerFailure is { } failure)
        {
            return ReportFailure(terminal, failure, exitCode);
        }

        if (terminal.EndOfRun is { } end && StandardOutput.IsClosedByReader())
        {
            // A reader that stops early, such as "head", has what it wants. The user may still want to know how the run ended.
            terminal.Warn($"the program that read standard output ended before the end of the run. {end}");
        }

        return exitCode;
    }

    private static int ReportFailure(Terminal terminal, Exception failure, int exitCode)
    {
        var hasSucceeded = exitCode is ExitCode.Done or ExitCode.Changes or ExitCode.ChangesWithWarnings;
        if (terminal.HasReportedProblem)
        {
            return exitCode;
        }

        var problem = new Problem(
            hasSucceeded ? ExitCode.AnswerIncomplete : exitCode,
            $"the answer could not be written completely to standard output: {Reason(failure)}",
            terminal.EndOfRun ?? "Free disk space or redirect standard output, and run the command again.");
        ProblemView.Write(terminal.Messages, problem);
        terminal.Events.Publish(new Failed(problem.ExitCode, problem.Message, problem.Remedy, problem.Details));
        return problem.ExitCode;
    }

    private static string Reason(Exception failure) => failure.Message.TrimEnd('.');
}

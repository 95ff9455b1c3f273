using PachUp.Cli;
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
    /// <returns>The exit code of the process. After a run it is the exit code of the run, even if the answer could not be printed. Otherwise a missing answer is a failure.</returns>
    public static int Report(Terminal terminal, int exitCode)
    {
        if (terminal.AnswerFailure is not { } failure || (terminal.EndOfRun is null && exitCode != ExitCode.Done))
        {
            return exitCode;
        }

        var problem = new Problem(
            ExitCode.Failed,
            $"the answer could not be written completely to standard output: {Reason(failure)}",
            terminal.EndOfRun ?? "Free disk space or redirect standard output, and run the command again.");
        ProblemView.Write(terminal.Messages, problem);
        return terminal.EndOfRun is null ? problem.ExitCode : exitCode;
    }

    private static string Reason(Exception failure) => failure.Message.TrimEnd('.');
}

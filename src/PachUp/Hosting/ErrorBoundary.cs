using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Hosting;

/// <summary>The one place where errors become messages and exit codes.</summary>
/// <param name="terminal">Where messages go.</param>
internal sealed class ErrorBoundary(Terminal terminal)
{
    /// <summary>Runs something. Reports every error and turns it into an exit code.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="interrupted">Whether the user asked to stop.</param>
    public int Guard(Func<int> run, CancellationToken interrupted)
    {
        try
        {
            return run();
        }
        catch (Exception e)
        {
            // The boundary: everything ends here, and nothing is swallowed.
            var problem = Problems.Of(e, interrupted.IsCancellationRequested);
            Report(problem);
            return problem.ExitCode;
        }
    }

    /// <summary>Tells people what went wrong, and the program that reads the answer.</summary>
    private void Report(Problem problem)
    {
        ProblemView.Write(terminal.Messages, problem);
        terminal.HasReportedProblem = true;
        var failed = new Failed(problem.ExitCode, problem.Message, problem.Remedy, problem.Details) { Trace = problem.Trace };
        terminal.Events.Publish(failed);
        if (terminal is { Format: AnswerFormat.Json, HasAnswered: false })
        {
            terminal.Answer.Json(JsonAnswer.Serialize(new ErrorDocument(new ErrorOfDocument(failed.ExitCode, failed.Message, failed.Remedy, failed.Details))));
        }
    }
}

using PachUp.Cli.Terminals;
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
            ProblemView.Write(terminal.Messages, problem);
            return problem.ExitCode;
        }
    }
}

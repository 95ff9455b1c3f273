using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Hosting;

/// <summary>
/// A plugin can end the whole process, even with exit code 0, or throw on its own thread, which also ends the process. PachUp cannot prevent
/// this, but it prints a message, and the exit code is that of a failure.
/// </summary>
/// <param name="terminal">Receives the message.</param>
internal sealed class UnexpectedExit(Terminal terminal)
{
    private volatile bool _isExpected;

    /// <summary>Starts watching.</summary>
    public void Watch()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ReportUnlessExpected();
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => EndWith((Exception)unhandled.ExceptionObject);
    }

    /// <summary>From now on, PachUp itself ends the process.</summary>
    public void Expect() => _isExpected = true;

    private void EndWith(Exception exception)
    {
        ProblemView.Write(terminal.Messages, Problems.Of(exception, interrupted: false));
        terminal.PrintExitMessage();
        Expect();
        Environment.Exit(ExitCode.Failed);
    }

    private void ReportUnlessExpected()
    {
        if (_isExpected)
        {
            return;
        }

        var during = Installation.Activity.Current is { } activity ? $", during {activity}" : "";
        ProblemView.Write(terminal.Messages, new Problem(
            ExitCode.Failed,
            $"a plugin ended the process of PachUp{during}",
            "Report this to its author. A run that was in progress is kept: \"pachup runs list\" shows it, \"pachup apply --resume\" continues it, "
            + "\"pachup rollback\" undoes it."));
        Environment.ExitCode = ExitCode.Failed;
    }
}

using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Hosting;

/// <summary>
/// A plugin can end the whole process, and with a code that says "done", or throw on a thread of its own, which ends it too. Nothing can stop
/// that, but it is told, and the code says "failed".
/// </summary>
/// <param name="terminal">Where it is told.</param>
internal sealed class UnexpectedExit(Terminal terminal)
{
    private volatile bool _isExpected;

    /// <summary>Begins to watch for it.</summary>
    public void Watch()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TellUnlessExpected();
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => EndWith((Exception)unhandled.ExceptionObject);
    }

    /// <summary>From here on the end of the process is PachUp's own.</summary>
    public void Expect() => _isExpected = true;

    private void EndWith(Exception exception)
    {
        ProblemView.Write(terminal.Talk, Problems.Of(exception, interrupted: false));
        terminal.TakeLeave();
        Expect();
        Environment.Exit(ExitCode.Failed);
    }

    private void TellUnlessExpected()
    {
        if (_isExpected)
        {
            return;
        }

        var during = Installation.Activity.Current is { } activity ? $", during {activity}" : "";
        ProblemView.Write(terminal.Talk, new Problem(
            ExitCode.Failed,
            $"a plugin ended PachUp in the middle of its work{during}",
            "Tell its author. A run that was under way is kept: \"pachup runs list\" shows it, \"pachup apply --resume\" goes on with it, "
            + "\"pachup rollback\" undoes it."));
        Environment.ExitCode = ExitCode.Failed;
    }
}

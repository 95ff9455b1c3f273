using PachUp.Cli;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Hosting;
using PachUp.Model;
using PachUp.Views;

namespace PachUp;

/// <summary>The process of the tool: its terminal, its signals, and what becomes of errors.</summary>
internal static class ToolProcess
{
    /// <summary>Carries out a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var terminal = Terminal.OfProcess(Environment.GetEnvironmentVariable);
        var exit = new UnexpectedExit(terminal);
        exit.Watch();
        using var interruption = new Interruption(
            announce: signal =>
            {
                terminal.Messages.Line(terminal.StoppingMessage);
                terminal.Events.Publish(new Warned($"The process was asked to stop ({signal}). {terminal.StoppingMessage}"));
            },
            exit: () =>
            {
                exit.Expect();
                terminal.Messages.Line(Installation.Activity.Current is { } activity ? $"Stopped at once, during {activity}." : "Stopped at once.");
                terminal.PrintExitMessage();
                Environment.Exit(ExitCode.Interrupted);
            });
        var boundary = new ErrorBoundary(terminal);
        int Execute() => boundary.Guard(() => CommandTree.Build(terminal, Console.Out, interruption.Token).Execute(arguments), interruption.Token);
        var exitCode = boundary.Guard(() => JobProcess.Of(arguments, terminal).Run(Execute), interruption.Token);
        exit.Expect();
        exitCode = IncompleteAnswer.Report(terminal, exitCode);
        terminal.Began?.Dispose();
        return exitCode;
    }
}

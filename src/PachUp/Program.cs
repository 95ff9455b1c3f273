using PachUp;
using PachUp.Engine.Plugins;
using PachUp.Errors;
using PachUp.Terminals;

var terminal = Terminal.OfProcess(Environment.GetEnvironmentVariable);
var exit = new UnexpectedExit(terminal);
exit.Watch();
using var interruption = new Interruption(
    announce: () => terminal.Talk.Line(terminal.WordsWhenStopping),
    exit: () =>
    {
        exit.Expect();
        terminal.Talk.Line(PluginActivity.Current is { } activity ? $"Ended at once, during {activity}." : "Ended at once.");
        terminal.TakeLeave();
        Environment.Exit(ExitCode.Interrupted);
    });
var exitCode = new ErrorBoundary(terminal).Guard(
    () => CommandTree.Build(terminal, Console.Out, interruption.Token).Execute(args),
    interruption.Token);
exit.Expect();
return exitCode;

using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using Spectre.Console;

namespace PachUp.Views;

/// <summary>Shows a run while it happens: a line that changes on a terminal, plain lines everywhere else.</summary>
internal static class RunDisplay
{
    /// <summary>Shows what the observer is told while something is done.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="continuations">The commands that continue the run, printed when the user ends the process at once.</param>
    /// <param name="work">What is done.</param>
    public static async Task<T> ShowAsync<T>(
        Terminal terminal, Func<RunDirectory, IEnumerable<NextCommand>> continuations, Func<IRunObserver, Task<T>> work)
    {
        var lines = new RunLines(terminal.Messages, run => terminal.ExitMessage = () => StopView.Write(terminal.Messages, failure: null, continuations(run)));
        try
        {
            return terminal.IsLive
                ? await terminal.MessageConsole.Status().StartAsync(
                    "starting", status => work(new LiveRunObserver(lines, text => status.Status(Markup.Escape(text)))))
                : await work(new PlainRunObserver(lines, TimeProvider.System));
        }
        finally
        {
            terminal.ExitMessage = null;
        }
    }
}

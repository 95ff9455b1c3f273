using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using Spectre.Console;

namespace PachUp.Views;

/// <summary>Shows the progress of a run: on a terminal one changing line, otherwise plain lines.</summary>
internal static class RunDisplay
{
    /// <summary>Shows the progress of some work.</summary>
    /// <param name="terminal">Receives the progress.</param>
    /// <param name="continuations">The commands that continue the run, printed when the user ends the process at once.</param>
    /// <param name="work">The work.</param>
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

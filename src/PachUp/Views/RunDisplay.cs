using PachUp.Cli;
using PachUp.Cli.Events;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;

namespace PachUp.Views;

/// <summary>Shows a run while it happens: a bar on a terminal, lines with time stamps everywhere else.</summary>
internal static class RunDisplay
{
    /// <summary>Shows what the observer is told while something is done.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="continuations">The commands that continue the run, printed when the user ends the process at once.</param>
    /// <param name="work">What is done.</param>
    /// <param name="forecast">What a rehearsal of the plan measured; null if there was none.</param>
    public static async Task<T> ShowAsync<T>(
        Terminal terminal,
        Func<RunDirectory, IEnumerable<NextCommand>> continuations,
        Func<IRunObserver, Task<T>> work,
        DowntimeForecast? forecast = null)
    {
        var events = new RunEvents(
            terminal.Events, forecast, run => terminal.ExitMessage = () => StopView.Write(terminal.Messages, failure: null, continuations(run)));
        try
        {
            if (terminal.Detail == Detail.Quiet)
            {
                return await work(events);
            }

            if (terminal.IsLive)
            {
                return await LiveBar.ShowAsync(terminal.MessageConsole, async bar =>
                {
                    using var shown = terminal.Events.Attach(new LiveRunSink(terminal.Messages, bar));
                    return await work(events);
                });
            }

            using var lines = terminal.Events.Attach(new PlainRunSink(terminal.Messages, terminal.Events.Time, terminal.Detail == Detail.Verbose));
            return await work(events);
        }
        finally
        {
            terminal.ExitMessage = null;
        }
    }
}

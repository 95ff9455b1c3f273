using PachUp.Engine.Runs;
using Spectre.Console;

namespace PachUp.Terminals;

/// <summary>Shows a run while it happens: a line that changes on a terminal, plain lines everywhere else.</summary>
internal static class RunDisplay
{
    /// <summary>Shows what the observer is told while something is done.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, Func<IRunObserver, Task<T>> work)
    {
        var lines = new RunLines(terminal.Talk);
        return terminal.IsLive
            ? terminal.TalkConsole.Status().StartAsync(
                "starting", status => work(new LiveRunObserver(lines, text => status.Status(Markup.Escape(text)))))
            : work(new PlainRunObserver(lines, TimeProvider.System));
    }
}

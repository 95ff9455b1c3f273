using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Common;
using PachUp.Sdk;

namespace PachUp.Cli.Progress;

/// <summary>
/// Shows work before or beside a run, such as looking at a cluster, with the same events as the steps of a run: a bar on a terminal, lines elsewhere if
/// it takes long.
/// </summary>
internal static class WorkDisplay
{
    private const string Beginning = "looking";

    /// <summary>Shows what is reported while something is done.</summary>
    public static async Task<T> ShowAsync<T>(Terminal terminal, Func<IProgress<StepProgress>, Task<T>> work)
    {
        var (events, meter) = (terminal.Events, new ProgressMeter(terminal.Events.Time));
        var progress = new InlineProgress<StepProgress>(news =>
        {
            if (meter.TryMeasure(step: null, news) is { } works)
            {
                events.Publish(works);
            }
        });
        if (terminal.Detail == Detail.Quiet)
        {
            return await work(progress);
        }

        if (terminal.IsLive)
        {
            return await LiveBar.ShowAsync(terminal.MessageConsole, async bar =>
            {
                bar.Begin(Beginning);
                using var shown = events.Attach(new Sink(bar.Draw));
                return await work(progress);
            });
        }

        using var lines = new TimedLines(terminal.Messages, events.Time, terminal.Detail == Detail.Verbose);
        lines.Begin(lead: "", isSaidAtOnce: false);
        using var said = events.Attach(new Sink(lines.Show));
        return await work(progress);
    }

    private sealed class Sink(Action<StepWorks> show) : IEventSink
    {
        public void Take(ToolEvent happened)
        {
            if (happened is StepWorks { Step: null } works)
            {
                show(works);
            }
        }
    }
}

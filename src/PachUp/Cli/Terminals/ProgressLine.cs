using System.Globalization;
using PachUp.Cli.Events;
using PachUp.Common;
using PachUp.Common.Text;
using Spectre.Console;

namespace PachUp.Cli.Terminals;

/// <summary>Work before or beside a run, such as looking at a cluster: one line that changes on a terminal, a sign of life now and then elsewhere.</summary>
internal static class ProgressLine
{
    private const string Name = "prepare";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    /// <summary>Shows what is reported while something is done.</summary>
    public static async Task<T> ShowAsync<T>(Terminal terminal, Func<IProgress<string>, Task<T>> work)
    {
        if (terminal.IsLive && terminal.Detail != Detail.Quiet)
        {
            return await terminal.MessageConsole.Status().StartAsync("looking", status => work(Reporting(terminal, text => status.Status(Markup.Escape(text)))));
        }

        var latest = "looking";
        var began = terminal.Events.Time.GetTimestamp();
        await using var heartbeat = terminal.Events.Time.CreateTimer(_ => SayThatItWorks(terminal, latest, began), state: null, Heartbeat, Heartbeat);
        return await work(Reporting(terminal, text => latest = text));
    }

    private static InlineProgress<string> Reporting(Terminal terminal, Action<string> show) => new(text =>
    {
        terminal.Events.Publish(new StepWorks(Name, text));
        show(text);
    });

    private static void SayThatItWorks(Terminal terminal, string latest, long began)
    {
        if (terminal.Detail != Detail.Quiet)
        {
            var time = terminal.Events.Time;
            terminal.Messages.Raw(string.Create(
                CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {latest} (for {Words.Duration(time.GetElapsedTime(began))})"));
        }
    }
}

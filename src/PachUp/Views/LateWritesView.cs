using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Verification.LateWrites;

namespace PachUp.Views;

/// <summary>Shows what was written to the source after the extract.</summary>
internal static class LateWritesView
{
    /// <summary>Shows a report; nothing if the source was not looked at yet.</summary>
    public static void Write(Page page, LateWriteReport? report, ItemLimit limit)
    {
        if (report is null)
        {
            return;
        }

        page.Hang("Late writes: ", LookOf(report));
        limit.Write([.. report.Writes.Select(write => write.Text)], text => page.Hang("- ", text, level: 1));
    }

    /// <summary>Shows what catch-ups have carried; nothing if there was none.</summary>
    public static void WriteCarried(Page page, IReadOnlyCollection<CarriedPass> passes)
    {
        if (passes.Count > 0)
        {
            var computed = passes.Sum(pass => pass.Late.ComputedAgain.Length);
            page.Hang(
                "Carried after the extract: ",
                LateWriteReport.CountsOf(passes.SelectMany(pass => pass.Late.Writes))
                    + (computed > 0 ? $"; {Words.Count(computed, "change")} of output {(computed == 1 ? "is" : "are")} computed again by the target" : ""));
        }
    }

    private static StyledText LookOf(LateWriteReport report) => report switch
    {
        { IsFound: true } => Look.Bad($"{report.Summary}:"),
        { NotLooked: not null } => Look.Warning($"{report.Summary}."),
        _ => $"{NoneAt(report)} {Exceptions(report)}".TrimEnd(),
    };

    private static string NoneAt(LateWriteReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"none when PachUp looked at the source, {report.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");

    /// <summary>What has changed on the source and is no late write.</summary>
    private static string Exceptions(LateWriteReport report) => (report.ComputedAgain.Length, report.Ticks.Length) switch
    {
        (0, 0) => "",
        (var computed, 0) => $"{Words.Count(computed, "change")} of output: the target computes the same itself.",
        (0, var ticks) => $"{Words.Count(ticks, "change")} by ticks of cron inputs: the target makes its own ticks.",
        var (computed, ticks) => $"{Words.Count(computed, "change")} of output and {ticks} by ticks of cron inputs: the target makes its own.",
    };
}

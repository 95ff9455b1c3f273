using System.Globalization;
using System.Text.Json;
using PachUp.Commands;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Terminals;

namespace PachUp.Views;

/// <summary>What was done before.</summary>
internal static class RunsView
{
    public static void Write(Page page, IReadOnlyCollection<RunOverview> runs, string place)
    {
        if (runs.Count == 0)
        {
            page.Line($"There are no runs in {place}");
        }

        foreach (var run in runs)
        {
            page.Hang($"{run.Id}  ", LookOf(run.State) + (run.Plan is { } plan ? $": {Describe(plan)}" : $": {run.Problem}"));
        }
    }

    public static void WriteOne(Page page, RunOverview run)
    {
        page.Heading($"Run {run.Id}");
        page.Fields(1,
            ("State", LookOf(run.State)),
            ("Plan", run.Plan is { } plan ? $"{Describe(plan)}, hash {plan.Hash}" : ""),
            ("Problem", run.Problem ?? ""),
            ("Path", run.Path));
        page.Blank();
        foreach (var record in run.Journal)
        {
            page.Hang($"{TimeOf(record)}  ", Describe(record), level: 1);
        }
    }

    /// <summary>The plan of a run in short: its name, and from where to where.</summary>
    public static string Describe(PlanPreview plan) =>
        $"{plan.PlanName}, {plan.Source.Release} at {plan.Source.Address} to {plan.TargetRelease} at {plan.Target.Address}";

    private static string Describe(JournalRecord record)
    {
        var step = record.Step.Length > 0 ? $" {record.Step}" : "";
        return $"{EventOf(record.Event)}{step}{(record.Text.Length > 0 ? $": {record.Text}" : "")}";
    }

    /// <summary>The event in words: <c>step done</c>.</summary>
    private static string EventOf(JournalEvent journalEvent) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(journalEvent.ToString()).Replace('-', ' ');

    private static string TimeOf(JournalRecord record) =>
        record.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static StyledText LookOf(string state) => state switch
    {
        "done" => Look.Good(state),
        "unreadable" => Look.Bad(state),
        _ => Look.Warning(state),
    };
}

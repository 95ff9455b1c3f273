using System.Globalization;
using System.Text.Json;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Model;
using PachUp.Verification.AfterWork;

namespace PachUp.Views;

/// <summary>Shows earlier runs.</summary>
internal static class RunsView
{
    public static void Write(Page page, IReadOnlyCollection<RunSummary> runs, string place)
    {
        if (runs.Count == 0)
        {
            page.Line($"There are no runs in {place}");
        }

        foreach (var run in runs)
        {
            page.Hang($"{run.Id}  ", LookOf(run.State) + (run.Plan is { } plan ? $": {Describe(plan)}" : $": {run.Problem}") + LateWritesOf(run) + ProofOf(run));
        }
    }

    public static void WriteOne(Page page, RunSummary run)
    {
        page.Heading($"Run {run.Id}");
        page.Fields(1,
            ("State", LookOf(run.State)),
            ("Plan", run.Plan is { } plan ? $"{Describe(plan)}, hash {plan.Hash}" : ""),
            ("Problem", run.Problem ?? ""),
            ("Path", run.Path));
        LateWritesView.WriteCarried(page, run.CarriedLate);
        LateWritesView.Write(page, run.LateWrites, ItemLimit.Condensed);
        WriteSteps(page, run);
        WriteOutputs(page, run);
        page.Blank();
        page.Heading("Journal");
        foreach (var record in run.Journal.Where(record => record.Event != JournalEvent.StepCheckpoint))
        {
            page.Hang($"{TimeOf(record)}  ", Describe(record), level: 1);
        }
    }

    private static void WriteOutputs(Page page, RunSummary run)
    {
        if (run.AfterWork is { } report)
        {
            page.Blank();
            AfterWorkView.Write(page, report, ItemLimit.Condensed);
        }

        AfterWorkView.WriteState(page, run.Id, run.Outputs);
    }

    /// <summary>The steps with their states, and the outputs of the finished steps.</summary>
    private static void WriteSteps(Page page, RunSummary run)
    {
        var begun = StepHistory.Of(run.Journal);
        var pending = (run.Plan?.Steps ?? []).Select(step => step.Id).Except(begun.Select(step => step.Id)).Select(id => new StepHistory { Id = id });
        page.Blank();
        page.Table(
            ["Step", "Outcome", "Duration", "Attempts"],
            [.. begun.Concat(pending).Select(step => new StyledText[] { step.Id, RunView.LookOf(step.State), DurationOf(step), $"{step.Attempts}" })]);
        var outputs = begun.SelectMany(step => step.Outputs.Select(output => (Name: $"{step.Id}.{output.Key}", output.Value))).ToList();
        if (outputs.Count > 0)
        {
            page.Blank();
            page.Heading("Outputs");
            page.Fields(1, [.. outputs.Select(output => (output.Name, (StyledText)output.Value))]);
        }
    }

    private static StyledText LateWritesOf(RunSummary run) =>
        run.LateWrites is { IsFound: true } late ? Look.Bad($"; late writes: {late.Counts}") : "";

    private static string ProofOf(RunSummary run) => run.Outputs switch
    {
        OutputProofState.NotYet => "; output not yet proved",
        OutputProofState.Lost => "; output lost or different",
        OutputProofState.Proved => "; output proved",
        _ => "",
    };

    private static string DurationOf(StepHistory step) => step.Attempts > 0 ? Words.Duration(step.Duration) : "";

    /// <summary>A summary of a run's plan: its name, source and target.</summary>
    public static string Describe(PlanPreview plan) =>
        $"{plan.PlanName}, {plan.Source.Release} at {plan.Source.ShownAddress} to {plan.TargetRelease} at {plan.Target.ShownAddress}";

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

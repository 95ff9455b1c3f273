using PachUp.Engine;
using PachUp.Engine.Runs;
using PachUp.Engine.Verification;
using PachUp.Terminals;
using Spectre.Console;

namespace PachUp.Views;

/// <summary>How a run ended: the steps, what arrived, and what to do next.</summary>
internal static class RunView
{
    public static void Write(Page page, RunResult result)
    {
        WriteSteps(page, result.Steps);
        page.Line(SentenceOf(result.Outcome));
        WriteArrival(page, result.Verification);
        page.Line($"Everything about this run is in {result.Run.Path}");
    }

    /// <summary>The table of steps, outcomes and durations.</summary>
    public static void WriteSteps(Page page, IEnumerable<StepOutcome> steps)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("Step"), new TableColumn("Outcome"), new TableColumn("Duration").RightAligned());
        foreach (var step in steps)
        {
            var duration = step.Duration is { } time ? Words.Duration(time) : "";
            table.AddRow(new Text(step.Id), new Text(OutcomeOf(step.State), StyleOf(step.State)), new Text(duration));
        }

        page.Draw(table);
    }

    private static void WriteArrival(Page page, VerificationReport? report)
    {
        if (report is not null)
        {
            page.Hang("Arrived: ", ArrivalLine.Of(report));
        }
    }

    private static StyledText SentenceOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Done => Look.Good("Done."),
        RunOutcome.Refused => Look.Bad("Refused: a step found something that must not go on."),
        RunOutcome.LossFound => Look.Bad("Verification found a loss."),
        RunOutcome.Interrupted => Look.Warning("Interrupted."),
        _ => Look.Bad("Failed."),
    };

    /// <summary>How a step ended, in words.</summary>
    public static string OutcomeOf(StepState state) => state switch
    {
        StepState.Pending => "not begun",
        StepState.Started => "broken off",
        StepState.Reverted => "undone",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static Style StyleOf(StepState state) => state switch
    {
        StepState.Done => new Style(Color.Green),
        StepState.Failed => new Style(Color.Red),
        StepState.Interrupted or StepState.Started => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}

using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Comparing;

namespace PachUp.Views;

/// <summary>Shows the result of a run: the steps, what arrived, and what to do next.</summary>
internal static class RunView
{
    public static void Write(Page page, RunResult result)
    {
        WriteSteps(page, result.Steps);
        page.Blank();
        page.Line(SentenceOf(result));
        WriteArrival(page, result.Verification);
        WriteForeign(page, result.Foreign);
        LateWritesView.WriteCarried(page, result.CarriedLate);
        LateWritesView.Write(page, result.LateWrites, ItemLimit.Condensed);
        if (result.IsKept)
        {
            page.Line($"All files of this run are in {result.Run.Path}");
        }
    }

    /// <summary>The table of steps, outcomes and durations.</summary>
    public static void WriteSteps(Page page, IEnumerable<StepOutcome> steps) => page.Table(
        ["Step", "Outcome", "Duration"],
        [.. steps.Select(step => new StyledText[] { step.Id, LookOf(step.State), DurationOf(step) })]);

    private static void WriteArrival(Page page, VerificationReport? report)
    {
        if (report is not null)
        {
            page.Hang("Arrived: ", ArrivalLine.Of(report));
            foreach (var sum in VerificationTable.Sums(report))
            {
                page.Hang("         ", sum);
            }
        }
    }

    private static void WriteForeign(Page page, ImmutableArray<InventoryItem> foreign)
    {
        if (!foreign.IsEmpty)
        {
            page.Hang("Foreign: ", Look.Warning($"the target has {Words.Count(foreign.Length, "item")} that did not come from the source. Find out who wrote there, before anybody uses it:"));
            ItemLimit.Condensed.Write([.. foreign.Select(ItemText.Of)], text => page.Hang("- ", text, level: 1));
        }
    }

    private static StyledText SentenceOf(RunResult result) => result switch
    {
        { Outcome: RunOutcome.Done, Foreign: not [] } => Look.Warning("Done, with a warning. Nothing is lost."),
        _ => SentenceOf(result.Outcome),
    };

    private static StyledText SentenceOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Done => Look.Good("Done."),
        RunOutcome.Refused => Look.Bad("Refused by a step."),
        RunOutcome.LossFound => Look.Bad("Verification found a loss."),
        RunOutcome.LateWrites => Look.Bad("Stopped: the source was written to after the extract."),
        RunOutcome.Interrupted => Look.Warning("Interrupted."),
        _ => Look.Bad("Failed."),
    };

    /// <summary>How a step ended, in words.</summary>
    public static string OutcomeOf(StepState state) => state switch
    {
        StepState.Pending => "not started",
        StepState.Started => "interrupted",
        StepState.Reverted => "undone",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>The same with its colour.</summary>
    public static StyledText LookOf(StepState state) => state switch
    {
        StepState.Done => Look.Good(OutcomeOf(state)),
        StepState.Failed => Look.Bad(OutcomeOf(state)),
        StepState.Interrupted or StepState.Started => Look.Warning(OutcomeOf(state)),
        _ => OutcomeOf(state),
    };

    private static string DurationOf(StepOutcome step) => step.Duration is { } time ? Words.Duration(time) : "";
}

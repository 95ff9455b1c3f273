using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;

namespace PachUp.Views;

/// <summary>What a rollback is about to undo, and how it ended.</summary>
internal static class RollbackView
{
    public static void WriteIntention(Page page, RunDirectory run, PlanPreview plan, ImmutableArray<RollbackStep> steps)
    {
        page.Line($"Run {run.Id}: {RunsView.Describe(plan)} ({plan.Hash}).");
        page.Heading(steps.IsEmpty ? "Nothing was begun, so there is nothing to undo." : "What is undone, in this order:");
        foreach (var (step, index) in steps.Select((step, index) => (step, index)))
        {
            page.Hang($"{index + 1,2}. ", Look.Heading(step.Id) + (step.IsRevertible ? ": " : " (stays): ") + step.Text);
        }
    }

    public static void Write(Page page, RollbackResult result)
    {
        RunView.WriteSteps(page, result.Steps);
        page.Blank();
        page.Line(result.IsComplete ? Look.Good("Rolled back.") : Look.Bad("Not everything is undone."));
        page.Line($"Everything about this run is in {result.Run.Path}");
    }

    /// <summary>Where the state of the source is, for somebody whose rollback failed.</summary>
    public static void WriteBackup(Page page, ImmutableArray<string> backup)
    {
        if (!backup.IsEmpty)
        {
            page.Heading("If it cannot be undone at all:");
        }

        foreach (var line in backup)
        {
            page.Hang("- ", line, level: 1);
        }
    }
}

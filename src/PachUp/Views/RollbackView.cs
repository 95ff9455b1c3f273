using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;

namespace PachUp.Views;

/// <summary>Shows what a rollback will undo, and its result.</summary>
internal static class RollbackView
{
    public static void WriteIntention(Page page, RunDirectory run, PlanPreview plan, ImmutableArray<RollbackStep> steps)
    {
        page.Line($"Run {run.Id}: {RunsView.Describe(plan)} ({plan.Hash}).");
        page.Heading(steps.IsEmpty ? "No step was started, so there is nothing to undo." : "Steps to undo, in this order:");
        foreach (var (step, index) in steps.Select((step, index) => (step, index)))
        {
            page.Hang($"{index + 1,2}. ", Look.Heading(step.Id) + (step.IsRevertible ? ": " : " (not undone): ") + step.Text);
        }
    }

    public static void Write(Page page, RollbackResult result)
    {
        RunView.WriteSteps(page, result.Steps);
        page.Blank();
        page.Line(result.IsComplete ? Look.Good("Rolled back.") : Look.Bad("Not everything is undone."));
        page.Line($"All files of this run are in {result.Run.Path}");
    }

    /// <summary>Shows where the state of the source is if the rollback failed.</summary>
    public static void WriteBackup(Page page, ImmutableArray<string> backup)
    {
        if (!backup.IsEmpty)
        {
            page.Heading("If the rollback cannot succeed:");
        }

        foreach (var line in backup)
        {
            page.Hang("- ", line, level: 1);
        }
    }
}

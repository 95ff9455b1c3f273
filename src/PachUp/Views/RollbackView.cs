using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Terminals;

namespace PachUp.Views;

/// <summary>What a rollback is about to undo, and how it ended.</summary>
internal static class RollbackView
{
    public static void WriteIntention(Page page, RunDirectory run, PlanPreview plan, IEnumerable<PlanStep> steps)
    {
        page.Line($"Run {run.Id}: {RunsView.Describe(plan)} ({plan.Hash}).");
        page.Line($"Steps to undo, in this order: {string.Join(", ", steps.Select(step => step.Id))}.");
    }

    public static void Write(Page page, RollbackResult result)
    {
        RunView.WriteSteps(page, result.Steps);
        page.Blank();
        page.Line(result.IsComplete ? Look.Good("Rolled back.") : Look.Bad("Not everything is undone."));
        page.Line($"Everything about this run is in {result.Run.Path}");
    }
}

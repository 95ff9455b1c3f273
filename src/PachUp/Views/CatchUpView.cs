using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Verification.LateWrites;

namespace PachUp.Views;

/// <summary>Shows what a catch-up would carry.</summary>
internal static class CatchUpView
{
    private const string CopyFirst = "Only metadata is sent: copy the bucket of the source to the bucket of the target again first, with the same keys.";

    /// <summary>The question before a catch-up.</summary>
    public static string QuestionAbout(PlanPreview plan) => plan.CarriesObjects ? "Carry the late writes now?" : $"{CopyFirst} Carry the late writes now?";

    public static void Write(Page page, RunDirectory run, PlanPreview plan, LateWriteReport late, ItemLimit limit)
    {
        page.Line($"Run {run.Id}: {RunsView.Describe(plan)} ({plan.Hash}).");
        LateWritesView.Write(page, late, limit);
        if (late.IsFound)
        {
            page.Line("The target computes the output of new input itself. What cannot be carried is refused by name before anything is sent.");
            if (!plan.CarriesObjects)
            {
                page.Line(Look.Warning(CopyFirst));
            }
        }

        page.Blank();
    }
}

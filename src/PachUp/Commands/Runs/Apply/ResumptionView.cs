using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Views;

namespace PachUp.Commands.Runs.Apply;

/// <summary>Shows which run is resumed, and which steps are left.</summary>
internal static class ResumptionView
{
    public static void Write(Page page, RunDirectory run, PlannedMigration plan)
    {
        var state = RunState.Of(Journal.Read(run.File(RunFiles.Journal)));
        page.Line($"Run {run.Id}: {RunsView.Describe(plan.Preview)} ({plan.Preview.Hash}).");
        page.Line($"Steps to do: {string.Join(", ", CatchUps.StepsLeft(plan, state))}.");
    }
}

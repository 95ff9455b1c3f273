using PachUp.Cli.Events;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Journals;

namespace PachUp.Views;

/// <summary>A run on a terminal: a bar for the step that works, and a line for each step that has ended.</summary>
/// <param name="page">Where the lines that stay go.</param>
/// <param name="bar">The bar.</param>
internal sealed class LiveRunSink(Page page, LiveBar bar) : IEventSink
{
    private string _lead = "";

    /// <inheritdoc/>
    public void Take(ToolEvent happened)
    {
        switch (happened)
        {
            case RunBegan run:
                page.Line($"Run {run.Run}, in {run.Path}");
                break;
            case RunNote note:
                page.Hang("Note: ", note.Text);
                break;
            case LateWritesSeen late:
                page.Hang(Look.Bad("Late writes: "), late.Text);
                break;
            case StepBegan step:
                _lead = RunText.LeadOf(step);
                bar.Begin(_lead);
                break;
            case StepWorks works:
                bar.Draw(works);
                break;
            case StepEnded ended:
                End(ended);
                break;
            default:
                break;
        }
    }

    private void End(StepEnded ended)
    {
        bar.End();
        page.Line($"{RunText.LeadOf(_lead, ended)}: " + LookOf(ended.State) + RunText.DurationOf(ended));
        if (ended.Text.Length > 0 && ended.State != StepState.Failed)
        {
            // Why a step failed is told once, at the end, with what to do about it.
            page.Line(ended.Text, level: 3);
        }

        _lead = "";
    }

    private static StyledText LookOf(StepState state) => state switch
    {
        StepState.Done or StepState.Reverted => Look.Good(RunView.OutcomeOf(state)),
        StepState.Interrupted => Look.Warning(RunView.OutcomeOf(state)),
        _ => Look.Bad(RunView.OutcomeOf(state)),
    };
}

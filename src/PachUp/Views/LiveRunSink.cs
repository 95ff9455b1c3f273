using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Journals;
using Spectre.Console;

namespace PachUp.Views;

/// <summary>A run on a terminal: a bar for the step that works, and a line for each step that has ended.</summary>
/// <param name="page">Where the lines that stay go.</param>
/// <param name="bars">Where the bar is drawn.</param>
/// <param name="rate">Where its rate is shown.</param>
internal sealed class LiveRunSink(Page page, ProgressContext bars, RateColumn rate) : IEventSink
{
    private ProgressTask? _bar;
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
            case StepBegan step:
                _lead = RunText.LeadOf(step);
                _bar = bars.AddTask(Markup.Escape(_lead), new ProgressTaskSettings { MaxValue = 100 });
                _bar.IsIndeterminate = true;
                rate.Shown = "";
                break;
            case StepWorks works when _bar is not null:
                Draw(works, _bar);
                break;
            case StepEnded ended:
                End(ended);
                break;
            default:
                break;
        }
    }

    private void Draw(StepWorks works, ProgressTask bar)
    {
        bar.Description = Markup.Escape($"{_lead}: {RunText.Describe(works)}");
        bar.IsIndeterminate = works.Percent is null;
        bar.Value = works.Percent ?? 0;
        rate.Shown = string.Join(", ", RunText.PartsOf(works));
    }

    private void End(StepEnded ended)
    {
        _bar?.StopTask();
        _bar = null;
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

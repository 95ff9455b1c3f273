using PachUp.Cli.Events;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;

namespace PachUp.Views;

/// <summary>A run in a pipe: one line per event, and progress now and then.</summary>
/// <param name="page">Where the lines go.</param>
/// <param name="time">The clock.</param>
/// <param name="isVerbose">Whether every piece of progress is shown.</param>
internal sealed class PlainRunSink(Page page, TimeProvider time, bool isVerbose = false) : IEventSink, IDisposable
{
    private readonly TimedLines _lines = new(page, time, isVerbose);
    private string _lead = "";

    /// <inheritdoc/>
    public void Take(ToolEvent happened)
    {
        switch (happened)
        {
            case RunBegan run:
                _lines.Say($"Run {run.Run}, in {run.Path}");
                break;
            case RunNote note:
                _lines.Say($"Note: {note.Text}");
                break;
            case LateWritesSeen late:
                _lines.Say($"Late writes: {late.Text}");
                break;
            case StepBegan step:
                _lead = RunText.LeadOf(step);
                _lines.Begin($"{_lead}: ", isSaidAtOnce: true);
                break;
            case StepWorks works:
                _lines.Show(works);
                break;
            case StepEnded ended:
                _lines.End();
                _lines.Say($"{RunText.LeadOf(_lead, ended)}: {RunText.Describe(ended)}");
                _lead = "";
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}

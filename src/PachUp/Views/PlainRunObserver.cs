using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>
/// Writes plain lines that do not fill a log: the first progress message of a step and important messages at once, other messages from time to time,
/// and a final line when the step has ended.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainRunObserver(RunLines lines, TimeProvider time) : IRunObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private string _said = "";
    private long _saidAt;

    /// <inheritdoc/>
    public void RunStarted(RunDirectory run) => lines.Start(run);

    /// <inheritdoc/>
    public void Noted(string note) => lines.Note(note);

    /// <inheritdoc/>
    public void StepStarted(string step, int number, int count)
    {
        lines.Begin(step, number, count);
        _said = "";
    }

    /// <inheritdoc/>
    public void Progressed(string step, StepProgress progress)
    {
        var text = RunLines.Describe(progress);
        if (_said.Length == 0 || (text != _said && (progress.IsNews || time.GetElapsedTime(_saidAt) >= Pause)))
        {
            (_said, _saidAt) = (text, time.GetTimestamp());
            lines.Say(text);
        }
    }

    /// <inheritdoc/>
    public void StepEnded(StepOutcome outcome) => lines.End(outcome);
}

using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>
/// Writes the first news of a step and what is marked as news at once, the rest now and then, and a line when the step has ended: enough to follow in a log, without
/// filling it.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="time">The time.</param>
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

using PachUp.Engine.Runs;
using PachUp.Sdk;

namespace PachUp.Terminals;

/// <summary>
/// Writes a line when a step begins to do something else, and one when it has ended. Counts that only grow are left out: in a log they would be
/// thousands of lines.
/// </summary>
/// <param name="lines">The lines.</param>
internal sealed class PlainRunObserver(RunLines lines) : IRunObserver
{
    private string _said = "";

    /// <inheritdoc/>
    public void StepStarted(string step, int number, int count)
    {
        lines.Begin(step, number, count);
        _said = "";
    }

    /// <inheritdoc/>
    public void Progressed(string step, StepProgress progress)
    {
        if (progress.Text != _said)
        {
            _said = progress.Text;
            lines.Say(progress.Text);
        }
    }

    /// <inheritdoc/>
    public void StepEnded(StepOutcome outcome) => lines.End(outcome);
}

using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Updates one line while a step works, and prints a final line when the step has ended.</summary>
/// <param name="lines">The final lines.</param>
/// <param name="draw">Updates the line.</param>
internal sealed class LiveRunObserver(RunLines lines, Action<string> draw) : IRunObserver
{
    private string _step = "";

    /// <inheritdoc/>
    public void RunStarted(RunDirectory run) => lines.Start(run);

    /// <inheritdoc/>
    public void Noted(string note) => lines.Note(note);

    /// <inheritdoc/>
    public void StepStarted(string step, int number, int count) => draw(_step = lines.Begin(step, number, count));

    /// <inheritdoc/>
    public void Progressed(string step, StepProgress progress) => draw($"{_step}: {RunLines.Describe(progress)}");

    /// <inheritdoc/>
    public void StepEnded(StepOutcome outcome) => lines.End(outcome);
}

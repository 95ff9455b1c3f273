using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Draws over one line while a step works, and leaves a line when it has ended.</summary>
/// <param name="lines">The lines that stay.</param>
/// <param name="draw">Draws over the line.</param>
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

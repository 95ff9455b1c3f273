using PachUp.Engine.Runs;
using PachUp.Engine.State;

namespace PachUp.Sdk.Testing.Stages;

/// <summary>Acts when a step begins, and is silent otherwise.</summary>
/// <param name="onStarted">Called with the id of the step.</param>
internal sealed class StepWatch(Action<string>? onStarted = null) : IRunObserver
{
    /// <inheritdoc/>
    public void RunStarted(RunDirectory run)
    {
        // Rules know the run from its result.
    }

    /// <inheritdoc/>
    public void Noted(string note)
    {
        // Nobody watches.
    }

    /// <inheritdoc/>
    public void StepStarted(string step, int number, int count) => onStarted?.Invoke(step);

    /// <inheritdoc/>
    public void Progressed(string step, StepProgress progress)
    {
        // Nobody watches.
    }

    /// <inheritdoc/>
    public void StepEnded(StepOutcome outcome)
    {
        // The result has all outcomes.
    }
}

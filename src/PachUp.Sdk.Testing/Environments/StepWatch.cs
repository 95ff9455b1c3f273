using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Verification.LateWrites;

namespace PachUp.Sdk.Testing.Environments;

/// <summary>Calls an action when a step starts, and ignores everything else.</summary>
/// <param name="onStarted">Called with the id of the step.</param>
internal sealed class StepWatch(Action<string>? onStarted = null) : IRunObserver
{
    /// <inheritdoc/>
    public void RunStarted(RunDirectory run)
    {
        // The result of the run contains it.
    }

    /// <inheritdoc/>
    public void Noted(string note)
    {
        // Not needed in tests.
    }

    /// <inheritdoc/>
    public void StepStarted(string step, int number, int count) => onStarted?.Invoke(step);

    /// <inheritdoc/>
    public void Progressed(string step, StepProgress progress)
    {
        // Not needed in tests.
    }

    /// <inheritdoc/>
    public void LateWritesFound(LateWriteReport report)
    {
        // The result of the run contains it.
    }

    /// <inheritdoc/>
    public void StepEnded(StepOutcome outcome)
    {
        // The result of the run contains all outcomes.
    }
}

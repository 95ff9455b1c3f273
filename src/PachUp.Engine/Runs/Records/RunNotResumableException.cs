using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;

namespace PachUp.Engine.Runs.Records;

/// <summary>A run cannot be resumed.</summary>
/// <param name="message">Which run, and why.</param>
public sealed class RunNotResumableException(string message) : Exception(message)
{
    internal static void ThrowUnless(RunState state, RunDirectory run)
    {
        if (!state.CanResume)
        {
            throw new RunNotResumableException(state switch
            {
                { HasStarted: false } => $"run {run.Id} ended before its first step; make a new plan",
                { RollbackStarted: true } => $"run {run.Id} was rolled back, completely or in part; make a new plan",
                _ => $"run {run.Id} is done; there is nothing to resume",
            });
        }
    }
}

using PachUp.Engine.Runs;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>Shows a rehearsal while it happens: first the look at the source, then the run.</summary>
public interface IRehearsalDisplay
{
    /// <summary>Shows the progress of what comes before the run.</summary>
    Task<T> LookAsync<T>(Func<IProgress<StepProgress>, Task<T>> look);

    /// <summary>Shows the run.</summary>
    Task<RunResult> RunAsync(Func<IRunObserver, Task<RunResult>> run);
}

using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Records the events of a run, and lets a test act during the run.</summary>
internal sealed class WatchedRun : IRunObserver
{
    /// <summary>Called when a step starts.</summary>
    public Action<string> OnStarted { get; init; } = _ => { };

    /// <summary>Called when a step reports progress.</summary>
    public Action<string, StepProgress> OnProgress { get; init; } = (_, _) => { };

    public List<StepOutcome> Ended { get; } = [];

    public List<string> Progress { get; } = [];

    public List<string> Notes { get; } = [];

    public void RunStarted(RunDirectory run)
    {
        // Tests get the run from its result.
    }

    public void Noted(string note) => Notes.Add(note);

    public void StepStarted(string step, int number, int count) => OnStarted(step);

    public void Progressed(string step, StepProgress progress)
    {
        Progress.Add($"{step}: {progress.Text}");
        OnProgress(step, progress);
    }

    public void LateWritesFound(LateWriteReport report) => Notes.Add(report.Sentence);

    public void StepEnded(StepOutcome outcome) => Ended.Add(outcome);
}

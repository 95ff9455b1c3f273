using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Tests.Runs;

/// <summary>Records the events of a run.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    /// <summary>The events, in order.</summary>
    public List<string> Told { get; } = [];

    /// <summary>The notes.</summary>
    public List<string> Notes { get; } = [];

    public void RunStarted(RunDirectory run) => Told.Add("run started");

    public void Noted(string note)
    {
        Told.Add($"note: {note}");
        Notes.Add(note);
    }

    public void StepStarted(string step, int number, int count) => Told.Add($"{step} is {number} of {count}");

    public void Progressed(string step, StepProgress progress) => Told.Add($"{step} is {progress.Text}");

    public void LateWritesFound(LateWriteReport report) => Told.Add($"late: {report.Counts}");

    public void StepEnded(StepOutcome outcome) => Told.Add($"{outcome.Id}: {outcome.State}");
}

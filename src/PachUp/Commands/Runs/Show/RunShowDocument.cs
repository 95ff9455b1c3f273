using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Model;
using PachUp.Verification.AfterWork;
using PachUp.Verification.LateWrites;
using PachUp.Views;

namespace PachUp.Commands.Runs.Show;

/// <summary>The answer of <c>runs show</c>.</summary>
/// <param name="Run">A summary of the run.</param>
/// <param name="Plan">The plan that was shown.</param>
/// <param name="Steps">Each step that was started.</param>
/// <param name="Journal">What happened, in order.</param>
internal sealed record RunShowDocument(
    RunLineDocument Run, PlanPreview? Plan, IReadOnlyList<StepHistoryDocument> Steps, IReadOnlyList<JournalRecord> Journal)
{
    /// <summary>Whether the output of its target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>The comparison of the target's output after its workers ran; null if there was none.</summary>
    public AfterWorkReport? AfterWork { get; init; }

    /// <summary>What was written to its source after the extract, at the last look; null if it has not looked.</summary>
    public LateWriteReport? LateWrites { get; init; }

    /// <summary>What its catch-ups have carried, pass by pass.</summary>
    public IReadOnlyList<CarriedPass> CarriedLate { get; init; } = [];

    public static RunShowDocument Of(RunSummary run) =>
        new(RunLineDocument.Of(run), run.Plan, [.. StepHistory.Of(run.Journal).Select(StepHistoryDocument.Of)], run.Journal)
        {
            Outputs = run.Outputs,
            AfterWork = run.AfterWork,
            LateWrites = run.LateWrites,
            CarriedLate = run.CarriedLate,
        };
}

/// <summary>The history of a step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="State">Its state.</param>
/// <param name="Attempts">How many times it was started.</param>
/// <param name="Seconds">Its working time in seconds, all attempts together.</param>
/// <param name="Text">What it did, or why it failed.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record StepHistoryDocument(
    string Id, StepState State, int Attempts, double Seconds, string Text, IReadOnlyDictionary<string, string> Outputs)
{
    public static StepHistoryDocument Of(StepHistory step) => new(step.Id, step.State, step.Attempts, step.Duration.TotalSeconds, step.Text, step.Outputs);
}

using PachUp.Commands;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Verification.AfterWork;

namespace PachUp.Views;

/// <summary>The answer of <c>runs list</c>.</summary>
/// <param name="Runs">All runs, the last one first.</param>
internal sealed record RunsDocument(IReadOnlyList<RunLineDocument> Runs)
{
    public static RunsDocument Of(IEnumerable<RunOverview> runs) => new([.. runs.Select(RunLineDocument.Of)]);
}

/// <summary>One run in short.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it is.</param>
/// <param name="Started">When it was begun.</param>
/// <param name="Plan">The plan's name.</param>
/// <param name="Hash">The plan's hash.</param>
/// <param name="Path">Its directory.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record RunLineDocument(
    string Id, string State, DateTimeOffset? Started, string? Plan, string? Hash, string Path, string? Problem)
{
    public static RunLineDocument Of(RunOverview run) =>
        new(run.Id, run.State, run.Started, run.Plan?.PlanName, run.Plan?.Hash, run.Path, run.Problem);
}

/// <summary>The answer of <c>runs show</c>.</summary>
/// <param name="Run">The run in short.</param>
/// <param name="Plan">The plan as it was shown.</param>
/// <param name="Steps">What became of each step that was begun.</param>
/// <param name="Journal">What happened, in order.</param>
internal sealed record RunShowDocument(
    RunLineDocument Run, PlanPreview? Plan, IReadOnlyList<StepHistoryDocument> Steps, IReadOnlyList<JournalRecord> Journal)
{
    /// <summary>Whether the output of its target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>What was found in the output of its target after its workers had run; null where that was not looked at.</summary>
    public AfterWorkReport? AfterWork { get; init; }

    public static RunShowDocument Of(RunOverview run) =>
        new(RunLineDocument.Of(run), run.Plan, [.. StepHistory.Of(run.Journal).Select(StepHistoryDocument.Of)], run.Journal)
        {
            Outputs = run.Outputs,
            AfterWork = run.AfterWork,
        };
}

/// <summary>What became of a step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Seconds">How long it worked, all attempts together.</param>
/// <param name="Text">What it did, or why it failed.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record StepHistoryDocument(
    string Id, StepState State, int Attempts, double Seconds, string Text, IReadOnlyDictionary<string, string> Outputs)
{
    public static StepHistoryDocument Of(StepHistory step) => new(step.Id, step.State, step.Attempts, step.Duration.TotalSeconds, step.Text, step.Outputs);
}

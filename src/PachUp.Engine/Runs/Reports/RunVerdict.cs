using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Runs.Reports;

/// <summary>The result of a run in one sentence.</summary>
/// <param name="Kind">How good it is.</param>
/// <param name="Sentence">The sentence.</param>
public sealed record RunVerdict(VerdictKind Kind, string Sentence)
{
    internal static RunVerdict Of(RunReport run) => run switch
    {
        { State.IsRolledBack: true } => new(VerdictKind.Warning, "The run was rolled back."),
        { State.RollbackStarted: true } => new(VerdictKind.Bad, "The rollback of the run is not complete."),
        { State.AreClientsBack: true } => new(VerdictKind.Warning, "The clients of the run were switched back to the source."),
        { Losses.IsEmpty: false } => new(VerdictKind.Bad, $"Data is lost or different: {Describe(run.Losses)}."),
        { LateWrites: { IsFound: true } late } => new(VerdictKind.Bad, Words.AsSentence(late.Summary)),
        { Outputs: OutputProofState.Lost } => new(VerdictKind.Bad, "Output of pipelines is lost or different."),
        { State.IsDone: false } => OfStopped(run),
        { Verification: null } => new(VerdictKind.Good, $"The run is done: all {Words.Count(run.Steps.Length, "step")} succeeded. Its plan compares nothing."),
        _ when ForeignContent.In(run.Verification, run.Plan.Purpose) is { IsEmpty: false } foreign =>
            new(VerdictKind.Warning, $"The run is done. Nothing is lost, but the target has {Words.Count(foreign.Length, "item")} that did not come from the source."),
        { Outputs: OutputProofState.NotYet, Verification: { } report } => new(VerdictKind.Warning, $"The run is done. {ArrivalLine.SummaryOf(report)}."),
        { Outputs: OutputProofState.Proved } => new(VerdictKind.Good, "The run is done. Nothing is lost, and the output of the pipelines is proved."),
        _ => new(VerdictKind.Good, "The run is done. Nothing is lost."),
    };

    private static RunVerdict OfStopped(RunReport run) => run.Steps.LastOrDefault(step => step.State is not (StepState.Done or StepState.Pending)) is { } step
        ? new(VerdictKind.Bad, $"The run is not done: step {step.Id} {VerbOf(step.State)}.")
        : new(VerdictKind.Bad, $"The run is not done: {run.Steps.Count(each => each.State == StepState.Done)} of {Words.Count(run.Steps.Length, "step")} are done.");

    private static string VerbOf(StepState state) => state == StepState.Failed ? "failed" : "was interrupted";

    private static string Describe(RunLosses losses) => string.Join(", ", new[]
    {
        Part(losses.CountLost, "item", "missing"),
        Part(losses.Different.Length, "item", "different"),
        losses.FsckErrors.IsEmpty ? "" : $"fsck found {Words.Count(losses.FsckErrors.Length, "error")}",
    }.Where(part => part.Length > 0));

    private static string Part(long count, string noun, string state) => count == 0 ? "" : $"{Words.Count(count, noun)} {(count == 1 ? "is" : "are")} {state}";
}

/// <summary>How good the result of a run is.</summary>
public enum VerdictKind
{
    /// <summary>It did what the plan says.</summary>
    Good,

    /// <summary>It did not fail, but something is left to do or was taken back.</summary>
    Warning,

    /// <summary>It failed, has not ended, or lost something.</summary>
    Bad,
}

using System.Collections.Immutable;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;

namespace PachUp.Views;

/// <summary>How a run ended.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Path">The run's directory.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Every step.</param>
/// <param name="Failure">What stopped it.</param>
/// <param name="Arrived">The line about what arrived.</param>
/// <param name="Verification">What verification found.</param>
internal sealed record RunDocument(
    string Id,
    string Path,
    RunOutcome Outcome,
    ImmutableArray<StepDocument> Steps,
    FailureDocument? Failure,
    string? Arrived,
    VerificationReport? Verification)
{
    /// <summary>What the target has that did not come from the source.</summary>
    public ImmutableArray<InventoryItem> Foreign { get; init; } = [];

    /// <summary>Whether the output of the target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>What was written to the source after the extract, at the last look; null if the run has not looked.</summary>
    public LateWriteReport? LateWrites { get; init; }

    /// <summary>What its catch-ups have carried, pass by pass.</summary>
    public ImmutableArray<CarriedPass> CarriedLate { get; init; } = [];

    public static RunDocument Of(RunResult result) => new(
        result.Run.Id,
        result.Run.Path,
        result.Outcome,
        [.. result.Steps.Select(StepDocument.Of)],
        FailureDocument.Of(result.Failure),
        result.Verification is { } report ? ArrivalLine.Of(report) : null,
        result.Verification)
    {
        Foreign = result.Foreign,
        Outputs = result.Outputs,
        LateWrites = result.LateWrites,
        CarriedLate = result.CarriedLate,
    };

    public static RunDocument Of(RollbackResult result) => new(
        result.Run.Id,
        result.Run.Path,
        OutcomeOf(result),
        [.. result.Steps.Select(StepDocument.Of)],
        FailureDocument.Of(result.Failure),
        Arrived: null,
        Verification: null);

    private static RunOutcome OutcomeOf(RollbackResult result) => result switch
    {
        { IsComplete: true } => RunOutcome.Done,
        { Failure: null } => RunOutcome.Interrupted,
        _ => RunOutcome.Failed,
    };
}

/// <summary>How a step ended.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">How it ended.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Text">What it did, or why it failed.</param>
internal sealed record StepDocument(string Id, string Uses, StepState State, double? Seconds, string Text)
{
    public static StepDocument Of(StepOutcome step) => new(step.Id, step.Uses, step.State, step.Duration?.TotalSeconds, step.Text);
}

/// <summary>Why a run stopped.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Remedy">What to do next.</param>
/// <param name="Details">More about it, line by line.</param>
internal sealed record FailureDocument(string Message, string Remedy, IReadOnlyList<string> Details)
{
    public static FailureDocument? Of(StepFailedException? failure) => failure is null ? null : new(failure.Message, failure.Remedy, failure.Details);
}

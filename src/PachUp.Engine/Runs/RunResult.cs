using System.Collections.Immutable;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Runs;

/// <summary>The result of a run.</summary>
public sealed record RunResult
{
    /// <summary>The directory of the run.</summary>
    public required RunDirectory Run { get; init; }

    /// <summary>The outcome.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Every step of the plan, in order.</summary>
    public required ImmutableArray<StepOutcome> Steps { get; init; }

    /// <summary>The failure that stopped it; null for none.</summary>
    public StepFailedException? Failure { get; init; }

    /// <summary>Whether the plan says that the run is rolled back when the failed step fails.</summary>
    public bool WantsRollback { get; init; }

    /// <summary>Whether the directory of the run still exists.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>The result of the verification; null if the run stopped before.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>What the target has that did not come from the source; see <see cref="ForeignContent"/>.</summary>
    public ImmutableArray<InventoryItem> Foreign { get; init; } = [];

    /// <summary>Whether the output of the target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>What the last look at the source found; null if the run has not looked.</summary>
    public LateWriteReport? LateWrites { get; init; }

    /// <summary>What its catch-ups have carried, pass by pass.</summary>
    public ImmutableArray<CarriedPass> CarriedLate { get; init; } = [];
}

/// <summary>The outcomes of a run.</summary>
public enum RunOutcome
{
    /// <summary>All steps are done.</summary>
    Done,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>A step refused to continue and did not do its work.</summary>
    Refused,

    /// <summary>Verification found a loss.</summary>
    LossFound,

    /// <summary>Something was written to the source after the extract, and the target does not have it.</summary>
    LateWrites,

    /// <summary>The run was cancelled.</summary>
    Interrupted,
}

/// <summary>The result of one step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">Its state.</param>
/// <param name="Duration">Its duration in this process; null if it did not run in this process.</param>
/// <param name="Text">What it did, or why it failed; empty if it was not started.</param>
public sealed record StepOutcome(string Id, string Uses, StepState State, TimeSpan? Duration, string Text);

/// <summary>Observes a run.</summary>
public interface IRunObserver
{
    /// <summary>The run is about to start its first step, or to resume. From now on it can be resumed.</summary>
    void RunStarted(RunDirectory run);

    /// <summary>A message for the user, one sentence.</summary>
    void Noted(string note);

    /// <summary>A step starts.</summary>
    /// <param name="step">The step.</param>
    /// <param name="number">Its number in the plan, from 1.</param>
    /// <param name="count">The number of steps in the plan.</param>
    void StepStarted(string step, int number, int count);

    /// <summary>A step reports its progress.</summary>
    void Progressed(string step, StepProgress progress);

    /// <summary>The run looked at the source and found that something was written there after the extract.</summary>
    void LateWritesFound(LateWriteReport report);

    /// <summary>A step has succeeded or failed, or is skipped because it is already done.</summary>
    void StepEnded(StepOutcome outcome);
}

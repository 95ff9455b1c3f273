using System.Collections.Immutable;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Runs;

/// <summary>How a run ended.</summary>
public sealed record RunResult
{
    /// <summary>Where the run keeps everything.</summary>
    public required RunDirectory Run { get; init; }

    /// <summary>How it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Every step of the plan, in its order.</summary>
    public required ImmutableArray<StepOutcome> Steps { get; init; }

    /// <summary>What stopped it; null where nothing did.</summary>
    public StepFailedException? Failure { get; init; }

    /// <summary>Whether the step that stopped it says in the plan that the run is rolled back then.</summary>
    public bool WantsRollback { get; init; }

    /// <summary>Whether the run's directory is still there.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>What verification found; null where the run did not come that far.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>Whether the output of the target was proved.</summary>
    public OutputProofState Outputs { get; init; }
}

/// <summary>How a run can end.</summary>
public enum RunOutcome
{
    /// <summary>All steps are done.</summary>
    Done,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>A step refused to go on; what it would have done was not done.</summary>
    Refused,

    /// <summary>Verification found a loss.</summary>
    LossFound,

    /// <summary>It was told to stop.</summary>
    Interrupted,
}

/// <summary>How one step ended.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">How it ended.</param>
/// <param name="Duration">How long it took in this process; null where it did not run in it.</param>
/// <param name="Text">What it did, or why it failed; empty where it was not begun.</param>
public sealed record StepOutcome(string Id, string Uses, StepState State, TimeSpan? Duration, string Text);

/// <summary>Is told what happens in a run, while it happens.</summary>
public interface IRunObserver
{
    /// <summary>The run is about to do its first step, or to go on; from now on it can be resumed.</summary>
    void RunStarted(RunDirectory run);

    /// <summary>Something that whoever watches should know, in a sentence.</summary>
    void Noted(string note);

    /// <summary>A step begins.</summary>
    /// <param name="step">The step.</param>
    /// <param name="number">Its place in the plan, from 1.</param>
    /// <param name="count">How many steps the plan has.</param>
    void StepStarted(string step, int number, int count);

    /// <summary>A step says where its work is.</summary>
    void Progressed(string step, StepProgress progress);

    /// <summary>A step has ended, well or not, or is skipped because it is done already.</summary>
    void StepEnded(StepOutcome outcome);
}

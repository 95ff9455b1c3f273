using System.Collections.Immutable;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Runs.Journals;

/// <summary>The state of a run, read from its journal.</summary>
public sealed record RunState
{
    /// <summary>The state of every step that was started, by id.</summary>
    public ImmutableDictionary<string, StepState> Steps { get; init; } = ImmutableDictionary<string, StepState>.Empty;

    /// <summary>The outputs of the finished steps, by step id.</summary>
    public ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> Outputs { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>Whether the journal has a record. A run without a record has done nothing.</summary>
    public bool HasStarted { get; init; }

    /// <summary>Whether all steps are done.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether the run was rolled back. Then it cannot be resumed.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>Whether a rollback was started.</summary>
    public bool RollbackStarted { get; init; }

    /// <summary>Whether the clients of the finished run were led to the source again. Then a step that switches clients is left to do.</summary>
    public bool AreClientsBack { get; init; }

    /// <summary>How many catch-ups were started.</summary>
    public int CatchUps { get; init; }

    /// <summary>The id of the catch-up that was started and is not done; null if there is none.</summary>
    public string? CatchUp { get; init; }

    /// <summary>The steps that were done after the last catch-up was started.</summary>
    public ImmutableHashSet<string> DoneSinceCatchUp { get; init; } = [];

    /// <summary>Whether the run can be resumed.</summary>
    public bool CanResume => HasStarted && !IsDone && !RollbackStarted;

    /// <summary>Whether the run can be rolled back.</summary>
    public bool CanRollBack => HasStarted && !IsRolledBack;

    /// <summary>The state after the records of a journal.</summary>
    public static RunState Of(IEnumerable<JournalRecord> records) => records.Aggregate(new RunState(), (state, record) => state.After(record) with { HasStarted = true });

    /// <summary>The state with the original outputs of the steps. The journal has them without secrets.</summary>
    internal RunState Revealing(Redaction redaction) =>
        this with { Outputs = Outputs.ToImmutableDictionary(step => step.Key, step => redaction.Reveal(step.Value)) };

    private RunState After(JournalRecord record) => record.Event switch
    {
        JournalEvent.StepStarted => With(record.Step, StepState.Started),
        JournalEvent.StepDone => With(record.Step, StepState.Done) with
        {
            Outputs = Outputs.SetItem(record.Step, record.Outputs),
            DoneSinceCatchUp = DoneSinceCatchUp.Add(record.Step),
            CatchUp = CatchUp == record.Step ? null : CatchUp,
        },
        JournalEvent.StepFailed => With(record.Step, StepState.Failed),
        JournalEvent.StepInterrupted => With(record.Step, StepState.Interrupted),
        JournalEvent.RevertDone => With(record.Step, StepState.Reverted),
        JournalEvent.CatchUpStarted => this with { IsDone = false, CatchUps = CatchUps + 1, CatchUp = record.Step, DoneSinceCatchUp = [] },
        JournalEvent.RunDone => this with { IsDone = true, AreClientsBack = false },
        JournalEvent.RollbackStarted => this with { RollbackStarted = true },
        JournalEvent.RollbackDone => this with { IsRolledBack = true },
        JournalEvent.ClientsSwitchedBack => this with { IsDone = false, AreClientsBack = true },
        _ => this,
    };

    private RunState With(string step, StepState state) => this with { Steps = Steps.SetItem(step, state) };
}

/// <summary>The state of a step.</summary>
public enum StepState
{
    /// <summary>It was not started.</summary>
    Pending,

    /// <summary>It was started, but the journal has no end, because the process ended first.</summary>
    Started,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Interrupted,

    /// <summary>It was undone.</summary>
    Reverted,
}

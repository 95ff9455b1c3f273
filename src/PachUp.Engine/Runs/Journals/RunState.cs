using System.Collections.Immutable;
using PachUp.Engine.Steps.Failing;

namespace PachUp.Engine.Runs.Journals;

/// <summary>Where a run is, read from its journal.</summary>
public sealed record RunState
{
    /// <summary>The outcome of every step that was begun, by id.</summary>
    public ImmutableDictionary<string, StepState> Steps { get; init; } = ImmutableDictionary<string, StepState>.Empty;

    /// <summary>The outputs of the steps that are done, by step id.</summary>
    public ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> Outputs { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>Whether anything was written down: a run that was ended before that has done nothing.</summary>
    public bool HasBegun { get; init; }

    /// <summary>Whether all steps are done.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether the run was rolled back; it cannot go on then.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>Whether rolling back was begun.</summary>
    public bool RollbackBegan { get; init; }

    /// <summary>Whether the run can be resumed.</summary>
    public bool CanResume => HasBegun && !IsDone && !RollbackBegan;

    /// <summary>Whether there is something to roll back.</summary>
    public bool CanRollBack => HasBegun && !IsRolledBack;

    /// <summary>The state that a journal leads to.</summary>
    public static RunState Of(IEnumerable<JournalRecord> records) => records.Aggregate(new RunState(), (state, record) => state.After(record) with { HasBegun = true });

    /// <summary>The state with outputs as they were when their steps gave them; in a journal they are without secrets.</summary>
    internal RunState Revealing(Redaction redaction) =>
        this with { Outputs = Outputs.ToImmutableDictionary(step => step.Key, step => redaction.Reveal(step.Value)) };

    private RunState After(JournalRecord record) => record.Event switch
    {
        JournalEvent.StepStarted => With(record.Step, StepState.Started),
        JournalEvent.StepDone => With(record.Step, StepState.Done) with { Outputs = Outputs.SetItem(record.Step, record.Outputs) },
        JournalEvent.StepFailed => With(record.Step, StepState.Failed),
        JournalEvent.StepInterrupted => With(record.Step, StepState.Interrupted),
        JournalEvent.RevertDone => With(record.Step, StepState.Reverted),
        JournalEvent.RunDone => this with { IsDone = true },
        JournalEvent.RollbackStarted => this with { RollbackBegan = true },
        JournalEvent.RollbackDone => this with { IsRolledBack = true },
        _ => this,
    };

    private RunState With(string step, StepState state) => this with { Steps = Steps.SetItem(step, state) };
}

/// <summary>Where a step is.</summary>
public enum StepState
{
    /// <summary>It was not begun.</summary>
    Pending,

    /// <summary>It was begun; nothing says how it ended, so the process did not live to write it.</summary>
    Started,

    /// <summary>It ended well.</summary>
    Done,

    /// <summary>It could not do its work.</summary>
    Failed,

    /// <summary>It was told to stop.</summary>
    Interrupted,

    /// <summary>It was undone.</summary>
    Reverted,
}

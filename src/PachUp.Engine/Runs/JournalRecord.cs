using System.Collections.Immutable;

namespace PachUp.Engine.Runs;

/// <summary>One line of a journal.</summary>
public sealed record JournalRecord
{
    /// <summary>1, 2, 3 and so on.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    public required JournalEvent Event { get; init; }

    /// <summary>The id of the step that it happened to; empty for the run as a whole.</summary>
    public string Step { get; init; } = "";

    /// <summary>More about it: the summary of a step, the message of a failure.</summary>
    public string Text { get; init; } = "";

    /// <summary>The outputs of a step that was done.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>SHA-256 over the chain value of the record before and this record's other fields, in lower-case hex digits.</summary>
    public string Chain { get; init; } = "";
}

/// <summary>What can happen in a run. Each is written before the thing it announces happens, or after it has happened.</summary>
public enum JournalEvent
{
    /// <summary>The run begins; the text is the hash of the plan as it was shown.</summary>
    RunStarted,

    /// <summary>The run goes on after an interruption.</summary>
    RunResumed,

    /// <summary>A step is about to begin.</summary>
    StepStarted,

    /// <summary>A step has ended well.</summary>
    StepDone,

    /// <summary>A step could not do its work.</summary>
    StepFailed,

    /// <summary>A step was told to stop.</summary>
    StepInterrupted,

    /// <summary>All steps are done.</summary>
    RunDone,

    /// <summary>Undoing begins.</summary>
    RollbackStarted,

    /// <summary>A step is about to be undone.</summary>
    RevertStarted,

    /// <summary>A step has been undone.</summary>
    RevertDone,

    /// <summary>A step could not be undone.</summary>
    RevertFailed,

    /// <summary>Everything that can be undone is undone.</summary>
    RollbackDone,
}

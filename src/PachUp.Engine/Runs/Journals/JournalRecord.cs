using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Journals;

/// <summary>One line of a journal. Readers ignore unknown fields.</summary>
public sealed record JournalRecord
{
    /// <summary>The journal format of this version of PachUp.</summary>
    public const string CurrentFormat = "1.1";

    /// <summary>The format of the line, <c>major.minor</c>. A new minor version only adds fields and events. A new major version changes their meaning.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The sequence number: 1, 2, 3 and so on.</summary>
    public long Seq { get; init; }

    /// <summary>When it was written, by the clock of the machine. The clock may jump; the order of the lines is always right.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    [JsonConverter(typeof(JournalEventConverter))]
    public required JournalEvent Event { get; init; }

    /// <summary>The id of the step; empty for the whole run.</summary>
    public string Step { get; init; } = "";

    /// <summary>Details: the hash of the plan, the summary of a step, or the message of a failure.</summary>
    public string Text { get; init; } = "";

    /// <summary>The outputs of a finished step.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The checkpoint of a step; null for every other event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>
    /// The SHA-256 of the chain of the line before (empty for the first line) and the bytes of this line up to <c>,"chain"</c>, as 64 lower-case hex
    /// digits. It is the last field of the line.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Chain { get; init; }
}

/// <summary>The events of a run. A start is written before it happens, an end after it has happened.</summary>
public enum JournalEvent
{
    /// <summary>An event of a newer PachUp that this version does not know.</summary>
    Unknown,

    /// <summary>The run starts. The text is the hash of the plan.</summary>
    RunStarted,

    /// <summary>The run is resumed.</summary>
    RunResumed,

    /// <summary>A step is about to start.</summary>
    StepStarted,

    /// <summary>A step recorded a fact about its progress.</summary>
    StepCheckpoint,

    /// <summary>A step has succeeded.</summary>
    StepDone,

    /// <summary>A step has failed.</summary>
    StepFailed,

    /// <summary>A step was cancelled and has stopped.</summary>
    StepInterrupted,

    /// <summary>The run looked at the source and stopped, because something was written there after the extract. The text says what.</summary>
    LateWritesFound,

    /// <summary>
    /// A catch-up is about to start: a step that is not in the plan and carries what was written to the source after the extract. What compared the target
    /// before is done again afterwards.
    /// </summary>
    CatchUpStarted,

    /// <summary>All steps are done.</summary>
    RunDone,

    /// <summary>The rollback starts.</summary>
    RollbackStarted,

    /// <summary>A step is about to be undone.</summary>
    RevertStarted,

    /// <summary>A step has been undone.</summary>
    RevertDone,

    /// <summary>A step could not be undone.</summary>
    RevertFailed,

    /// <summary>The rollback is complete.</summary>
    RollbackDone,

    /// <summary>The clients of a finished run are led to the source again; nothing else was undone.</summary>
    ClientsSwitchedBack,
}

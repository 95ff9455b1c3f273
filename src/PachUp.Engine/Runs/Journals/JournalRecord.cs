using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Journals;

/// <summary>One line of a journal. Readers pass over fields that they do not know.</summary>
public sealed record JournalRecord
{
    /// <summary>The format of journals that this PachUp writes.</summary>
    public const string CurrentFormat = "1.0";

    /// <summary>The format of the line, <c>major.minor</c>: a new minor one only adds fields and events, a new major one changes their meaning.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>1, 2, 3 and so on.</summary>
    public long Seq { get; init; }

    /// <summary>When it was written, by the clock of the machine: it may jump, the order of the lines does not.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    [JsonConverter(typeof(JournalEventConverter))]
    public required JournalEvent Event { get; init; }

    /// <summary>The id of the step that it happened to; empty for the run as a whole.</summary>
    public string Step { get; init; } = "";

    /// <summary>More about it: the hash of the plan, the summary of a step, the message of a failure.</summary>
    public string Text { get; init; } = "";

    /// <summary>The outputs of a step that was done.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a step recorded about its progress; null for every other event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>
    /// SHA-256 over the chain value of the line before (nothing for the first) and the bytes of this line up to <c>,"chain"</c>, in 64 lower-case hex
    /// digits. It is the last field of the line.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Chain { get; init; }
}

/// <summary>What can happen in a run. Each is written before the thing it announces happens, or after it has happened.</summary>
public enum JournalEvent
{
    /// <summary>Something that a newer PachUp writes and this one does not know.</summary>
    Unknown,

    /// <summary>The run begins; the text is the hash of the plan as it was shown.</summary>
    RunStarted,

    /// <summary>The run goes on after an interruption.</summary>
    RunResumed,

    /// <summary>A step is about to begin.</summary>
    StepStarted,

    /// <summary>A step recorded a fact about its progress.</summary>
    StepCheckpoint,

    /// <summary>A step has ended well.</summary>
    StepDone,

    /// <summary>A step could not do its work.</summary>
    StepFailed,

    /// <summary>A step was told to stop, and has stopped.</summary>
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

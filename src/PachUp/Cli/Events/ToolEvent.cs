using System.Text.Json.Serialization;
using PachUp.Engine.Runs.Journals;

namespace PachUp.Cli.Events;

/// <summary>
/// Something that happened while a command worked. The screen, a pipe, JSON Lines and the log file show the same events. Programs rely on the names:
/// later versions may add events and properties, and remove none.
/// </summary>
/// <param name="Event">What kind of event it is.</param>
internal abstract record ToolEvent([property: JsonPropertyOrder(-2)] string Event)
{
    /// <summary>The version of the format of events.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format.</summary>
    [JsonPropertyOrder(-4)]
    public int V { get; } = CurrentVersion;

    /// <summary>When it happened.</summary>
    [JsonPropertyOrder(-3)]
    public DateTimeOffset Time { get; init; }
}

/// <summary>The plan that is about to be asked about and carried out.</summary>
/// <param name="Plan">The plan, as <c>pachup plan --output json</c> shows it.</param>
internal sealed record PlanShown(object Plan) : ToolEvent("plan");

/// <summary>A run begins or goes on.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Path">Its directory.</param>
internal sealed record RunBegan(string Run, string Path) : ToolEvent("run-started");

/// <summary>A note about a run.</summary>
/// <param name="Text">One sentence.</param>
internal sealed record RunNote(string Text) : ToolEvent("note");

/// <summary>A step begins.</summary>
/// <param name="Step">Its id in the plan.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Count">How many steps there are.</param>
internal sealed record StepBegan(string Step, int Number, int Count) : ToolEvent("step-started");

/// <summary>A step works, or the command before or beside a run.</summary>
/// <param name="Step">The id of the step in the plan; null outside of a run.</param>
/// <param name="Text">What is done.</param>
internal sealed record StepWorks(string? Step, string Text) : ToolEvent("progress")
{
    /// <summary>How much is done; null if it is not counted.</summary>
    public long? Done { get; init; }

    /// <summary>How much there is; null if that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How much is done, 0 to 100; null if the total is not known.</summary>
    public double? Percent { get; init; }

    /// <summary>How much is done in a second; null if it is not known yet.</summary>
    public double? PerSecond { get; init; }

    /// <summary>How long this will still take, in seconds; null if it is not known.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>How long the steps that are left will take, in seconds, without those that an operator does; null if it was not rehearsed.</summary>
    public double? RunSecondsLeft { get; init; }

    /// <summary>Whether people should see it at once.</summary>
    [JsonIgnore]
    public bool IsNews { get; init; }
}

/// <summary>A step has ended.</summary>
/// <param name="Step">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">How it ended.</param>
/// <param name="Seconds">How long it took; null if it was done before.</param>
/// <param name="Text">What it did, or why it failed.</param>
internal sealed record StepEnded(string Step, string Uses, StepState State, double? Seconds, string Text) : ToolEvent("step-ended");

/// <summary>A run stops, because something was written to the source after the extract.</summary>
/// <param name="Text">What was written, in one sentence; a long list of names is cut.</param>
/// <param name="Writes">Everything that was written, item by item.</param>
internal sealed record LateWritesSeen(string Text, IReadOnlyList<string> Writes) : ToolEvent("late-writes");

/// <summary>Something that the user should know; the command goes on.</summary>
/// <param name="Text">What it is.</param>
internal sealed record Warned(string Text) : ToolEvent("warning");

/// <summary>A question was asked and answered.</summary>
/// <param name="Text">The question.</param>
/// <param name="Answer">The answer.</param>
internal sealed record Asked(string Text, string Answer) : ToolEvent("question");

/// <summary>The command cannot go on.</summary>
/// <param name="ExitCode">What the process returns.</param>
/// <param name="Message">What happened.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Details">More about it, line by line.</param>
internal sealed record Failed(int ExitCode, string Message, string Remedy, IReadOnlyList<string> Details) : ToolEvent("error")
{
    /// <summary>The stack trace of an internal error; null for other errors.</summary>
    public string? Trace { get; init; }
}

/// <summary>The answer of the command.</summary>
/// <param name="Document">The same document as with <c>--output json</c>.</param>
internal sealed record Answered(object Document) : ToolEvent("result");

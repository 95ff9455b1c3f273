using System.Collections.Immutable;

namespace PachUp.Engine.Runs.Journals;

/// <summary>The history of one step in all processes that worked on its run, read from the journal.</summary>
public sealed record StepHistory
{
    /// <summary>The id of the step in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>The state of the step.</summary>
    public StepState State { get; init; }

    /// <summary>How many times it was started.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// The duration of all attempts together. An attempt that was killed counts until its last record. If the clock jumped back, the time counts as
    /// zero.
    /// </summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What it did, or why it failed.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its outputs; empty until it is done.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    private DateTimeOffset LastTime { get; init; }

    /// <summary>The histories of all steps that were started, in the order of their start.</summary>
    public static ImmutableArray<StepHistory> Of(IEnumerable<JournalRecord> records) =>
    [
        .. records
            .Where(record => record.Step.Length > 0)
            .GroupBy(record => record.Step)
            .Select(step => step.Aggregate(new StepHistory { Id = step.Key }, (history, record) => history.After(record))),
    ];

    private StepHistory After(JournalRecord record) => record.Event switch
    {
        JournalEvent.StepStarted => this with { State = StepState.Started, Attempts = Attempts + 1, Text = "", LastTime = record.Time },
        JournalEvent.StepCheckpoint => Worked(record),
        JournalEvent.StepDone => Worked(record) with { State = StepState.Done, Text = record.Text, Outputs = record.Outputs },
        JournalEvent.StepFailed => Worked(record) with { State = StepState.Failed, Text = record.Text },
        JournalEvent.StepInterrupted => Worked(record) with { State = StepState.Interrupted },
        JournalEvent.RevertDone => this with { State = StepState.Reverted, Text = record.Text },
        JournalEvent.RevertFailed => this with { Text = record.Text },
        _ => this,
    };

    private StepHistory Worked(JournalRecord record) =>
        this with { Duration = Duration + (record.Time > LastTime ? record.Time - LastTime : TimeSpan.Zero), LastTime = record.Time };
}

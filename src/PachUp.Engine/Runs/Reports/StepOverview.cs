using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;

namespace PachUp.Engine.Runs.Reports;

/// <summary>The summary of a step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">Its state.</param>
/// <param name="Duration">The duration of all its attempts together; null if it was not started.</param>
/// <param name="Text">What it did, or why it failed; empty if unknown.</param>
public sealed record StepOverview(string Id, string Uses, StepState State, TimeSpan? Duration, string Text)
{
    private const string CatchUpUses = "catch-up";

    /// <summary>When it was worked on, in order; the last may be its rollback.</summary>
    public ImmutableArray<StepAttempt> Attempts { get; init; } = [];

    internal static StepOverview Of(PlannedStep step, IEnumerable<JournalRecord> journal) => Of(step.Id, step.Uses, journal);

    /// <summary>The catch-ups, which are not in the plan.</summary>
    internal static IEnumerable<StepOverview> OfCatchUps(IReadOnlyCollection<JournalRecord> journal) =>
        journal.Where(record => record.Event == JournalEvent.CatchUpStarted).Select(record => Of(record.Step, CatchUpUses, journal));

    private static StepOverview Of(string id, string uses, IEnumerable<JournalRecord> journal)
    {
        var records = journal.Where(record => record.Step == id).ToList();
        var attempts = StepAttempt.Of(records);
        TimeSpan? duration = attempts.IsEmpty ? null : attempts.Where(attempt => !attempt.IsRollback).Aggregate(TimeSpan.Zero, (sum, attempt) => sum + attempt.Duration);
        var text = records.LastOrDefault(record => StepAttempt.IsEnd(record.Event))?.Text ?? "";
        return new StepOverview(id, uses, RunState.Of(records).Steps.GetValueOrDefault(id), duration, text) { Attempts = attempts };
    }
}

/// <summary>One attempt at a step, or at its rollback.</summary>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it ended; if the process was killed, the time of its last record.</param>
/// <param name="Outcome">Its outcome: <see cref="StepState.Started"/> if the process ended first.</param>
/// <param name="IsRollback">Whether the step was undone, not done.</param>
public sealed record StepAttempt(DateTimeOffset Began, DateTimeOffset Ended, StepState Outcome, bool IsRollback)
{
    /// <summary>How long it took; zero if the clock was set back.</summary>
    public TimeSpan Duration => Ended > Began ? Ended - Began : TimeSpan.Zero;

    /// <summary>Whether an event ends an attempt.</summary>
    internal static bool IsEnd(JournalEvent journalEvent) => OutcomeOf(journalEvent) is not null;

    /// <summary>The attempts in the records of one step.</summary>
    internal static ImmutableArray<StepAttempt> Of(IEnumerable<JournalRecord> records)
    {
        var attempts = new List<StepAttempt>();
        foreach (var record in records)
        {
            if (record.Event is JournalEvent.StepStarted or JournalEvent.RevertStarted)
            {
                attempts.Add(new StepAttempt(record.Time, record.Time, StepState.Started, record.Event == JournalEvent.RevertStarted));
            }
            else if (attempts.Count > 0)
            {
                attempts[^1] = attempts[^1] with { Ended = record.Time, Outcome = OutcomeOf(record.Event) ?? attempts[^1].Outcome };
            }
        }

        return [.. attempts];
    }

    private static StepState? OutcomeOf(JournalEvent journalEvent) => journalEvent switch
    {
        JournalEvent.StepDone => StepState.Done,
        JournalEvent.StepFailed or JournalEvent.RevertFailed => StepState.Failed,
        JournalEvent.StepInterrupted => StepState.Interrupted,
        JournalEvent.RevertDone => StepState.Reverted,
        _ => null,
    };
}

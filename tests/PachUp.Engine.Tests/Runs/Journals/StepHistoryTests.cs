using System.Collections.Immutable;
using PachUp.Engine.Runs.Journals;

namespace PachUp.Engine.Tests.Runs.Journals;

public sealed class StepHistoryTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_duration_of_a_killed_step_counts_every_attempt_up_to_its_last_record()
    {
        var history = StepHistory.Of(
        [
            Record(0, JournalEvent.RunStarted, ""),
            Record(1, JournalEvent.StepStarted, "restore"),
            Record(4, JournalEvent.StepCheckpoint, "restore"),
            Record(100, JournalEvent.RunResumed, ""),
            Record(101, JournalEvent.StepStarted, "restore"),
            Record(106, JournalEvent.StepDone, "restore") with { Text = "Sent 3 operations", Outputs = ImmutableSortedDictionary<string, string>.Empty.Add("operations", "3") },
        ]);

        var step = Assert.Single(history);
        Assert.Equal((StepState.Done, 2, TimeSpan.FromSeconds(8)), (step.State, step.Attempts, step.Duration));
        Assert.Equal("3", step.Outputs["operations"]);
    }

    [Fact]
    public void A_clock_that_jumps_back_does_not_reduce_the_duration()
    {
        var history = StepHistory.Of([Record(50, JournalEvent.StepStarted, "pause"), Record(7, JournalEvent.StepFailed, "pause")]);

        Assert.Equal(TimeSpan.Zero, Assert.Single(history).Duration);
    }

    [Fact]
    public void Steps_are_in_the_order_of_their_start_and_undone_steps_are_marked()
    {
        var history = StepHistory.Of(
        [
            Record(1, JournalEvent.StepStarted, "pause"),
            Record(2, JournalEvent.StepDone, "pause"),
            Record(3, JournalEvent.StepStarted, "extract"),
            Record(4, JournalEvent.StepInterrupted, "extract"),
            Record(5, JournalEvent.RevertDone, "pause"),
        ]);

        Assert.Equal([("pause", StepState.Reverted), ("extract", StepState.Interrupted)], history.Select(step => (step.Id, step.State)));
    }

    private static JournalRecord Record(int second, JournalEvent journalEvent, string step) =>
        new() { Time = Midnight.AddSeconds(second), Event = journalEvent, Step = step };
}

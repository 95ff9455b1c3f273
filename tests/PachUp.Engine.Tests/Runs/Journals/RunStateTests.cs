using PachUp.Engine.Runs.Journals;

namespace PachUp.Engine.Tests.Runs.Journals;

public sealed class RunStateTests
{
    [Fact]
    public void A_step_without_an_end_counts_as_started()
    {
        var state = RunState.Of([Record(JournalEvent.RunStarted), Record(JournalEvent.StepStarted, "pause")]);

        Assert.Equal(StepState.Started, state.Steps["pause"]);
        Assert.True(state.CanResume);
    }

    [Fact]
    public void The_last_outcome_of_a_step_counts()
    {
        var state = RunState.Of(
        [
            Record(JournalEvent.StepStarted, "restore"),
            Record(JournalEvent.StepFailed, "restore"),
            Record(JournalEvent.RunResumed),
            Record(JournalEvent.StepStarted, "restore"),
            Record(JournalEvent.StepDone, "restore"),
        ]);

        Assert.Equal(StepState.Done, state.Steps["restore"]);
    }

    [Fact]
    public void A_run_that_is_done_cannot_be_resumed()
    {
        Assert.False(RunState.Of([Record(JournalEvent.RunStarted), Record(JournalEvent.RunDone)]).CanResume);
    }

    [Fact]
    public void A_run_with_a_started_rollback_cannot_be_resumed()
    {
        Assert.False(RunState.Of([Record(JournalEvent.RunStarted), Record(JournalEvent.RollbackStarted)]).CanResume);
    }

    [Fact]
    public void A_run_without_a_record_can_be_neither_resumed_nor_rolled_back()
    {
        var state = RunState.Of([]);

        Assert.False(state.CanResume);
        Assert.False(state.CanRollBack);
    }

    private static JournalRecord Record(JournalEvent journalEvent, string step = "") => new() { Event = journalEvent, Step = step };
}

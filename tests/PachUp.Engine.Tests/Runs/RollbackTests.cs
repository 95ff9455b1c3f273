using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs;

public sealed class RollbackTests : IDisposable
{
    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Steps_are_undone_the_last_one_first_and_the_journal_has_each_before_and_after()
    {
        await _bench.ApplyAsync();
        _bench.TakeTranscript();

        var result = await _bench.RollBackAsync();

        Assert.True(result.IsComplete);
        Assert.Equal(
            [
                "  journal rollback-started",
                "  journal revert-started two",
                "two is undone",
                "  journal revert-done two: Undid two",
                "  journal revert-started one",
                "one is undone",
                "  journal revert-done one: Undid one",
                "  journal rollback-done",
            ],
            _bench.TakeTranscript());
    }

    [Fact]
    public async Task A_step_that_cannot_be_undone_says_what_it_leaves()
    {
        await _bench.ApplyAsync();

        var result = await _bench.RollBackAsync();

        Assert.Equal(
            [("three", StepState.Done, "What three did stays."), ("two", StepState.Reverted, "Undid two"), ("one", StepState.Reverted, "Undid one")],
            result.Steps.Select(step => (step.Id, step.State, step.Text)));
    }

    [Fact]
    public async Task A_step_that_was_begun_and_failed_is_undone_and_one_that_was_never_begun_is_not()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();

        var result = await _bench.RollBackAsync();

        Assert.Equal(["two", "one"], result.Steps.Select(step => step.Id));
    }

    [Fact]
    public async Task What_would_be_undone_is_said_in_the_same_order_and_nothing_is_done()
    {
        await _bench.ApplyAsync();
        _bench.TakeTranscript();

        var foreseen = Rollback.Foresee(_bench.Run, _bench.Plan);

        Assert.Equal(
            [
                new RollbackStep("three", "test/lasting", IsRevertible: false, "What three did stays."),
                new RollbackStep("two", "test/undoable", IsRevertible: true, "Undoes two."),
                new RollbackStep("one", "test/undoable", IsRevertible: true, "Undoes one."),
            ],
            foreseen.AsEnumerable());
        Assert.Empty(_bench.TakeTranscript());
    }

    [Fact]
    public async Task An_undo_that_fails_stops_the_rollback_and_says_where_the_state_of_the_source_is()
    {
        _bench.Steps.Undoes["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();

        var result = await _bench.RollBackAsync();

        Assert.False(result.IsComplete);
        Assert.Equal("the disk is on fire", result.Failure!.Message);
        Assert.Equal([("three", StepState.Done), ("two", StepState.Failed)], result.Steps.Select(step => (step.Id, step.State)));
        Assert.Equal(
            [
                "No archive was written yet; the source at old:30650 is the only copy, and nothing was taken from it.",
                $"What the source held is listed in \"{_bench.Run.File(RecordFiles.SurveyedSource)}\"; "
                    + "compare with \"pachup verify --source FILE --target old:30650\".",
            ],
            result.Backup.AsEnumerable());
    }

    [Fact]
    public async Task A_second_attempt_begins_at_the_undo_that_failed()
    {
        _bench.Steps.Undoes["one"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        await _bench.RollBackAsync();
        _bench.Steps.Undoes.Clear();
        _bench.TakeTranscript();

        var result = await _bench.RollBackAsync();

        Assert.True(result.IsComplete);
        Assert.Equal(["one is undone"], _bench.TakeTranscript().Where(line => line.EndsWith("undone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_undo_that_is_told_to_stop_interrupts_the_rollback_which_can_be_begun_again()
    {
        using var stop = new CancellationTokenSource();
        await _bench.ApplyAsync();
        _bench.Steps.Undoes["two"] = _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        };

        var result = await _bench.RollBackAsync(stop.Token);

        Assert.Equal((false, null, StepState.Interrupted), (result.IsComplete, result.Failure, result.Steps[^1].State));
        Assert.Empty(result.Backup);
        Assert.True(RunState.Of(_bench.Records).CanRollBack);
        _bench.Steps.Undoes.Clear();
        Assert.True((await _bench.RollBackAsync()).IsComplete);
    }

    [Fact]
    public async Task Nothing_is_left_to_undo_after_a_rollback_of_steps_that_can_all_be_undone()
    {
        using var bench = new RunBench { Text = "steps:\n  - { id: one, uses: test/undoable }" };
        await bench.ApplyAsync();

        await bench.RollBackAsync();

        Assert.Empty(Rollback.Foresee(bench.Run, bench.Plan));
        Assert.False(RunState.Of(bench.Records).CanRollBack);
    }

    [Fact]
    public async Task A_step_is_undone_with_the_arguments_and_checkpoints_that_it_acted_with()
    {
        using var bench = new RunBench
        {
            Text = """
                steps:
                  - { id: one, uses: test/undoable }
                  - { id: two, uses: test/undoable, with: { text: "${steps.one.color}" } }
                """,
        };
        bench.Steps.Acts["one"] = _ => new StepResult("Mixed") { Outputs = NamedValues.Of(("color", "green")) };
        bench.Steps.Acts["two"] = execution =>
        {
            execution.Record(new Checkpoint("painted") { Facts = NamedValues.Of(("wall", "north")) });
            return new StepResult("Painted");
        };
        await bench.ApplyAsync();
        bench.Steps.Undoes["two"] = execution => new StepResult($"Scraped the {execution.Checkpoints[0].Facts["wall"]} wall");

        var result = await bench.RollBackAsync();

        Assert.Equal("Scraped the north wall", result.Steps[0].Text);
    }

    [Fact]
    public async Task A_run_whose_directory_is_removed_meanwhile_cannot_go_back_and_says_so()
    {
        await _bench.ApplyAsync();
        var run = _bench.Run;
        _bench.Steps.Undoes["two"] = execution =>
        {
            Directory.Delete(execution.RunDirectory, recursive: true);
            return new StepResult("Undid two");
        };

        var result = await _bench.RollBackAsync();

        Assert.Equal($"the directory of the run, \"{run.Path}\", was removed while the run worked", result.Failure!.Message);
    }

    [Fact]
    public async Task The_observer_is_told_of_every_step_that_is_undone()
    {
        await _bench.ApplyAsync();

        await _bench.RollBackAsync();

        Assert.Equal(
            ["run started", "three is 1 of 3", "three: Done", "two is 2 of 3", "two: Reverted", "one is 3 of 3", "one: Reverted"],
            _bench.Observer.Told);
    }
}

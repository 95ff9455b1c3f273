using PachUp.Common.Disks;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Testing.Disks;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs;

public sealed class RollbackTests : IDisposable
{
    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Steps_are_undone_in_reverse_order_with_records_before_and_after_each()
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
    public async Task A_step_that_cannot_be_undone_reports_what_remains()
    {
        await _bench.ApplyAsync();

        var result = await _bench.RollBackAsync();

        Assert.Equal(
            [("three", StepState.Done, "What three did stays."), ("two", StepState.Reverted, "Undid two"), ("one", StepState.Reverted, "Undid one")],
            result.Steps.Select(step => (step.Id, step.State, step.Text)));
    }

    [Fact]
    public async Task A_failed_step_is_undone_and_a_step_that_did_not_start_is_not()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();

        var result = await _bench.RollBackAsync();

        Assert.Equal(["two", "one"], result.Steps.Select(step => step.Id));
    }

    [Fact]
    public async Task A_preview_of_the_rollback_has_the_same_order_and_changes_nothing()
    {
        await _bench.ApplyAsync();
        _bench.TakeTranscript();

        var preview = Rollback.Preview(_bench.Run, _bench.Plan);

        Assert.Equal(
            [
                new RollbackStep("three", "test/lasting", IsRevertible: false, "What three did stays."),
                new RollbackStep("two", "test/undoable", IsRevertible: true, "Undoes two."),
                new RollbackStep("one", "test/undoable", IsRevertible: true, "Undoes one."),
            ],
            preview.AsEnumerable());
        Assert.Empty(_bench.TakeTranscript());
    }

    [Fact]
    public async Task A_failed_undo_stops_the_rollback_and_reports_where_the_backup_is()
    {
        _bench.Steps.Undoes["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();

        var result = await _bench.RollBackAsync();

        Assert.False(result.IsComplete);
        Assert.Equal("the disk is on fire", result.Failure!.Message);
        Assert.Equal([("three", StepState.Done), ("two", StepState.Failed)], result.Steps.Select(step => (step.Id, step.State)));
        Assert.Equal(
            [
                "No archive was written yet. The source at old:30650 is the only copy, and the run has not removed anything from it.",
                $"The inventory of the source is \"{_bench.Run.File(RecordFiles.SurveyedSource)}\". "
                    + "To compare: \"pachup verify --source FILE --target old:30650\".",
            ],
            result.Backup.AsEnumerable());
    }

    [Theory]
    [InlineData(null, "is gone")]
    [InlineData("another archive", "was changed or replaced")]
    public async Task A_failed_undo_does_not_take_another_archive_for_the_backup(string? found, string said)
    {
        using var folder = new TemporaryFolder();
        var archive = folder.File("backup.pachx");
        _bench.Steps.Acts["one"] = execution =>
        {
            new RunArchive(archive, "5ba9", 2048).Write(execution.RunDirectory);
            return new StepResult("Extracted");
        };
        _bench.Steps.Undoes["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        if (found is not null)
        {
            await File.WriteAllTextAsync(archive, found);
        }

        var result = await _bench.RollBackAsync();

        Assert.Equal($"The backup was \"{archive}\" (2.0 KB, SHA-256 5ba9), but that file {said}. Look for it before anything else.", result.Backup[0]);
    }

    [Fact]
    public async Task The_failure_of_an_undo_comes_first_if_the_disk_is_too_full_for_its_record()
    {
        await _bench.ApplyAsync();
        var isFull = false;
        using var watch = Disk.Observe(ScriptedDisk.Failing(change => isFull && change is DiskChange.FileWritten));
        _bench.Steps.Undoes["two"] = _ =>
        {
            isFull = true;
            throw RunBench.Failure();
        };

        var result = await _bench.RollBackAsync();

        var journal = _bench.Run.File(RunFiles.Journal);
        Assert.Equal(
            $"the disk is on fire. This is not in the journal of the run, because the file \"{journal}\" cannot be written: No space left on device",
            result.Failure!.Message);
        Assert.True(RunState.Of(_bench.Records).CanRollBack);
    }

    [Fact]
    public async Task A_second_rollback_starts_at_the_failed_undo()
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
    public async Task A_cancelled_undo_interrupts_the_rollback_which_can_be_started_again()
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
    public async Task A_complete_rollback_leaves_nothing_to_undo()
    {
        using var bench = new RunBench { Text = "steps:\n  - { id: one, uses: test/undoable }" };
        await bench.ApplyAsync();

        await bench.RollBackAsync();

        Assert.Empty(Rollback.Preview(bench.Run, bench.Plan));
        Assert.False(RunState.Of(bench.Records).CanRollBack);
    }

    [Fact]
    public async Task A_step_is_undone_with_its_original_arguments_and_checkpoints()
    {
        using var bench = RunBench.WithLookUp();
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
    public async Task A_run_with_a_removed_directory_cannot_be_rolled_back()
    {
        await _bench.ApplyAsync();
        var run = _bench.Run;
        _bench.Steps.Undoes["two"] = execution =>
        {
            Directory.Delete(execution.RunDirectory, recursive: true);
            return new StepResult("Undid two");
        };

        var result = await _bench.RollBackAsync();

        Assert.Equal($"the directory of the run, \"{run.Path}\", was removed during the run", result.Failure!.Message);
    }

    [Fact]
    public async Task The_observer_gets_every_undone_step()
    {
        await _bench.ApplyAsync();

        await _bench.RollBackAsync();

        Assert.Equal(
            ["run started", "three is 1 of 3", "three: Done", "two is 2 of 3", "two: Reverted", "one is 3 of 3", "one: Reverted"],
            _bench.Observer.Told);
    }
}

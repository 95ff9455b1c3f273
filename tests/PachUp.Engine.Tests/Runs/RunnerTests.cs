using PachUp.Common.Disks;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Testing.Disks;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs;

public sealed class RunnerTests : IDisposable
{
    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Steps_run_in_the_order_of_the_plan_with_records_before_and_after_each()
    {
        var result = await _bench.ApplyAsync();

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Equal(
            [
                "  journal run-started",
                "  journal step-started one",
                "one acts",
                "  journal step-done one: Did one",
                "  journal step-started two",
                "two acts",
                "  journal step-done two: Did two",
                "  journal step-started three",
                "three acts",
                "  journal step-done three: Did three",
                "  journal run-done",
            ],
            _bench.TakeTranscript());
    }

    [Fact]
    public async Task The_observer_gets_every_event()
    {
        _bench.Steps.Acts["two"] = execution =>
        {
            execution.Progress.Report(new StepProgress("half way"));
            return new StepResult("Did two");
        };

        await _bench.ApplyAsync();

        Assert.Equal(
            ["run started", "one is 1 of 3", "one: Done", "two is 2 of 3", "two is half way", "two: Done", "three is 3 of 3", "three: Done"],
            _bench.Observer.Told);
    }

    [Fact]
    public async Task The_result_has_the_summary_and_duration_of_every_step()
    {
        _bench.Steps.Acts["two"] = _ =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(7));
            return new StepResult("Took its time");
        };

        var result = await _bench.ApplyAsync();

        Assert.Equal(new StepOutcome("two", "test/undoable", StepState.Done, TimeSpan.FromSeconds(7), "Took its time"), result.Steps[1]);
    }

    [Fact]
    public async Task A_step_can_look_up_the_outputs_of_those_before_it()
    {
        using var bench = RunBench.WithLookUp();

        await bench.ApplyAsync();

        Assert.Contains("two acts with \"green\"", bench.TakeTranscript());
    }

    [Fact]
    public async Task A_step_that_looks_up_a_missing_output_fails_before_it_runs()
    {
        using var bench = RunBench.WithLookUp();
        bench.Steps.Acts.Clear();

        var result = await bench.ApplyAsync();

        Assert.Contains("\"${steps.one.color}\" has no value", result.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.TakeTranscript(), line => line.StartsWith("two acts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_in_an_output_reaches_later_steps_but_not_the_journal()
    {
        using var bench = new RunBench
        {
            Text = """
                parameters: { token: { default: "${env.TOKEN}" } }
                steps:
                  - { id: one, uses: test/undoable, with: { text: "${parameters.token}" } }
                  - { id: two, uses: test/lasting, with: { text: "${steps.one.url}" } }
                """,
            Environment = [("TOKEN", "hush-hush")],
        };
        bench.Steps.Acts["one"] = _ => new StepResult("Found hush-hush") { Outputs = NamedValues.Of(("url", "http://hush-hush@host")) };

        await bench.ApplyAsync();

        Assert.Contains("two acts with \"http://hush-hush@host\"", bench.TakeTranscript());
        Assert.DoesNotContain("hush-hush", File.ReadAllText(bench.Run.File(RunFiles.Journal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_step_stops_the_run_and_later_steps_do_not_start()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();

        var result = await _bench.ApplyAsync();

        Assert.Equal(
            ["one acts", "two acts"], _bench.TakeTranscript().Where(line => line.EndsWith("acts", StringComparison.Ordinal)));
        Assert.Equal([StepState.Done, StepState.Failed, StepState.Pending], result.Steps.Select(step => step.State));
        Assert.Equal(("the disk is on fire", "Put it out."), (result.Failure!.Message, result.Failure.Remedy));
        Assert.Equal((JournalEvent.StepFailed, "the disk is on fire"), (_bench.Records[^1].Event, _bench.Records[^1].Text));
    }

    [Theory]
    [InlineData(FailureKind.Failed, RunOutcome.Failed)]
    [InlineData(FailureKind.Refused, RunOutcome.Refused)]
    [InlineData(FailureKind.LossFound, RunOutcome.LossFound)]
    public async Task The_outcome_is_the_kind_of_failure(FailureKind kind, RunOutcome outcome)
    {
        _bench.Steps.Acts["one"] = _ => throw RunBench.Failure(kind);

        Assert.Equal(outcome, (await _bench.ApplyAsync()).Outcome);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(", onFailure: stop", false)]
    [InlineData(", onFailure: rollback", true)]
    public async Task A_failure_requests_a_rollback_only_if_the_plan_says_so(string onFailure, bool wanted)
    {
        using var bench = new RunBench { Text = $"steps:\n  - {{ id: one, uses: test/undoable{onFailure} }}" };
        bench.Steps.Acts["one"] = _ => throw RunBench.Failure();

        Assert.Equal(wanted, (await bench.ApplyAsync()).WantsRollback);
    }

    [Fact]
    public async Task A_cancelled_step_interrupts_the_run_without_a_failure()
    {
        using var stop = new CancellationTokenSource();
        _bench.Steps.Acts["two"] = _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        };

        var result = await _bench.ApplyAsync(cancellationToken: stop.Token);

        Assert.Equal(RunOutcome.Interrupted, result.Outcome);
        Assert.Null(result.Failure);
        Assert.Equal([StepState.Done, StepState.Interrupted, StepState.Pending], result.Steps.Select(step => step.State));
        Assert.Equal("  journal step-interrupted two", _bench.TakeTranscript()[^1]);
    }

    [Fact]
    public async Task A_defect_throws_and_leaves_a_run_that_can_be_resumed()
    {
        _bench.Steps.Acts["two"] = _ => throw new InvalidOperationException("a bug");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.ApplyAsync());
        _bench.Steps.Acts.Clear();

        Assert.Equal(RunOutcome.Done, (await _bench.ResumeAsync()).Outcome);
    }

    [Fact]
    public async Task A_resumed_run_skips_finished_steps()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        _bench.Steps.Acts.Clear();
        _bench.TakeTranscript();

        var result = await _bench.ResumeAsync();

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Equal(new StepOutcome("one", "test/undoable", StepState.Done, Duration: null, "done before"), result.Steps[0]);
        Assert.Equal(
            [
                "  journal run-resumed",
                "  journal step-started two",
                "two acts",
                "  journal step-done two: Did two",
                "  journal step-started three",
                "three acts",
                "  journal step-done three: Did three",
                "  journal run-done",
            ],
            _bench.TakeTranscript());
    }

    [Fact]
    public async Task A_resumed_run_has_the_outputs_and_checkpoints_of_earlier_processes()
    {
        using var bench = RunBench.WithLookUp();
        bench.Steps.Acts["two"] = execution =>
        {
            execution.Record(new Checkpoint("half-way") { Facts = NamedValues.Of(("sent", "17")) });
            throw RunBench.Failure();
        };
        await bench.ApplyAsync();
        IReadOnlyList<Checkpoint> found = [];
        bench.Steps.Acts["two"] = execution =>
        {
            found = execution.Checkpoints;
            return new StepResult("Went on");
        };
        bench.TakeTranscript();

        await bench.ResumeAsync();

        Assert.Contains("two acts with \"green\"", bench.TakeTranscript());
        Assert.Equal("17", Assert.Single(found).Facts["sent"]);
    }

    [Fact]
    public async Task A_run_whose_process_ended_at_any_record_can_be_completed()
    {
        // Except the first record: a run that ended before it has done nothing and cannot be resumed.
        for (var seq = 2; seq <= 8; seq++)
        {
            using var bench = new RunBench();
            await Assert.ThrowsAsync<ProcessEnded>(() => bench.ApplyAsync(new FailingWatch(record => record.Seq == seq, new ProcessEnded())));
            var doneBefore = bench.Records.Where(record => record.Event == JournalEvent.StepDone).Select(record => record.Step).ToHashSet();
            bench.TakeTranscript();

            Assert.Equal(RunOutcome.Done, (await bench.ResumeAsync()).Outcome);

            var acted = bench.TakeTranscript().Where(line => line.EndsWith("acts", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]);
            Assert.Equal(new[] { "one", "two", "three" }.Where(step => !doneBefore.Contains(step)), acted);
        }
    }

    [Fact]
    public async Task A_finished_run_cannot_be_resumed()
    {
        await _bench.ApplyAsync();

        var refusal = await Assert.ThrowsAsync<RunNotResumableException>(() => _bench.ResumeAsync());

        Assert.Equal($"run {_bench.Run.Id} is done; there is nothing to resume", refusal.Message);
    }

    [Fact]
    public async Task A_run_whose_rollback_started_cannot_be_resumed()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        _bench.Steps.Undoes["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        await _bench.RollBackAsync();

        var refusal = await Assert.ThrowsAsync<RunNotResumableException>(() => _bench.ResumeAsync());

        Assert.Equal($"run {_bench.Run.Id} was rolled back, completely or in part; make a new plan", refusal.Message);
    }

    [Fact]
    public async Task A_run_without_a_record_cannot_be_resumed()
    {
        await Assert.ThrowsAsync<ProcessEnded>(() => _bench.ApplyAsync(new FailingWatch(record => record.Seq == 1, new ProcessEnded())));

        var refusal = await Assert.ThrowsAsync<RunNotResumableException>(() => _bench.ResumeAsync());

        Assert.Equal($"run {_bench.Run.Id} ended before its first step; make a new plan", refusal.Message);
    }

    [Fact]
    public async Task A_step_does_not_run_if_the_disk_is_too_full_for_its_start_record()
    {
        var result = await _bench.ApplyAsync(FullDiskAt(JournalEvent.StepStarted, "two"));

        Assert.Equal([StepState.Done, StepState.Failed, StepState.Pending], result.Steps.Select(step => step.State));
        Assert.Contains("Check that the disk has free space", result.Failure!.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("two acts", _bench.TakeTranscript());
    }

    [Fact]
    public async Task A_step_runs_again_if_the_disk_was_too_full_for_its_end_record()
    {
        var result = await _bench.ApplyAsync(FullDiskAt(JournalEvent.StepDone, "two"));
        Assert.Equal(RunOutcome.Failed, result.Outcome);
        _bench.TakeTranscript();

        await _bench.ResumeAsync();

        Assert.Equal(["two acts", "three acts"], _bench.TakeTranscript().Where(line => line.EndsWith("acts", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_failure_of_a_step_comes_first_if_the_disk_is_too_full_for_its_record()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure(FailureKind.LossFound);

        var result = await _bench.ApplyAsync(FullDiskAt(JournalEvent.StepFailed, "two"));

        Assert.Equal((FailureKind.LossFound, "Put it out."), (result.Failure!.Kind, result.Failure.Remedy));
        Assert.Equal("the disk is on fire. This is not in the journal of the run, because No space left on device", result.Failure.Message);
    }

    [Theory]
    [InlineData(RunFiles.PlanCopy)]
    [InlineData(RunFiles.Origin)]
    [InlineData(RunFiles.Journal)]
    public async Task A_run_whose_files_cannot_be_written_does_not_begin_and_leaves_nothing(string file)
    {
        using var watch = Disk.Observe(ScriptedDisk.Failing(change =>
            change is DiskChange.FileWritten or DiskChange.FileCreated && Path.GetFileName(change.Path).StartsWith(file, StringComparison.Ordinal)));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => _bench.ApplyAsync());

        Assert.Matches($"^run .* did not begin: the file \".*/{file}.*\" cannot be created: No space left on device$", failure.Message);
        Assert.StartsWith("No cluster was changed.", failure.Remedy, StringComparison.Ordinal);
        Assert.Empty(_bench.State.ListRuns());
        Assert.Empty(_bench.TakeTranscript());
    }

    [Fact]
    public async Task A_run_that_cannot_record_that_it_is_resumed_does_nothing()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        _bench.TakeTranscript();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => _bench.ResumeAsync(FullDiskAt(JournalEvent.RunResumed, "")));

        Assert.Equal($"run {_bench.Run.Id} did not begin: No space left on device", failure.Message);
        Assert.Empty(_bench.TakeTranscript());
    }

    [Fact]
    public async Task A_run_is_done_even_if_the_disk_is_too_full_for_its_last_record()
    {
        var result = await _bench.ApplyAsync(FullDiskAt(JournalEvent.RunDone, ""));

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains("the journal of the run could not be written", Assert.Single(_bench.Observer.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_with_a_removed_directory_reports_its_finished_steps_and_requests_no_rollback()
    {
        using var bench = new RunBench
        {
            Text = """
                steps:
                  - { id: one, uses: test/undoable }
                  - { id: two, uses: test/undoable, onFailure: rollback }
                """,
        };
        bench.Steps.Acts["two"] = execution =>
        {
            Directory.Delete(execution.RunDirectory, recursive: true);
            return new StepResult("Did two");
        };

        var result = await bench.ApplyAsync();

        Assert.Equal((RunOutcome.Failed, false, false), (result.Outcome, result.IsKept, result.WantsRollback));
        Assert.Equal($"the directory of the run, \"{result.Run.Path}\", was removed during the run", result.Failure!.Message);
        Assert.Contains("Finished steps: one (Did one). The step \"two\" may be half done", result.Failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_stores_its_plan_its_origin_and_a_report()
    {
        var result = await _bench.ApplyAsync();

        Assert.Equal(_bench.Plan.Document.Text, File.ReadAllText(result.Run.File(RunFiles.PlanCopy)));
        Assert.Equal(_bench.Plan.Preview.Hash, RunRecord.ReadPreview(result.Run).Hash);
        Assert.Equal(_bench.Plan.Preview.Hash, _bench.Records[0].Text);
        Assert.StartsWith($"# Run {result.Run.Id}: done", File.ReadAllText(result.Run.File(RunFiles.Report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_messages_of_steps_are_stored_with_the_step_id_and_without_secrets()
    {
        using var bench = new RunBench
        {
            Text = "steps:\n  - { id: one, uses: test/undoable, with: { text: \"${env.TOKEN}\" } }",
            Environment = [("TOKEN", "hush-hush")],
        };
        bench.Steps.Acts["one"] = execution =>
        {
            execution.Log.Log(Microsoft.Extensions.Logging.LogLevel.Information, default, "told hush-hush", null, (text, _) => text);
            return new StepResult("Logged");
        };

        await bench.ApplyAsync();

        Assert.Equal("2026-11-30T12:00:00.0000000+00:00 Information one: told ${env.TOKEN}\n", File.ReadAllText(bench.Run.File(RunFiles.Log)));
    }

    [Fact]
    public async Task A_run_does_not_start_while_another_run_works_on_one_of_its_clusters()
    {
        var other = LockHolderProcess.Current(new RunDirectory("other", "/runs/other"), _bench.Time, new LockOptions());
        using var held = LockFile.Take(_bench.State.LocksPath, SamplePlan.TargetId, other, new LockPolicy(other, mayBreak: false, _ => { }));

        var refusal = await Assert.ThrowsAsync<ClusterLockedException>(() => _bench.ApplyAsync());

        Assert.Equal("other", refusal.Holder!.Run);
        Assert.Empty(_bench.State.ListRuns());
    }

    [Theory]
    [InlineData(RecordFiles.Verification)]
    [InlineData(RecordFiles.LateWrites)]
    [InlineData(RecordFiles.CarriedLateWrites)]
    public async Task A_record_that_is_damaged_is_told_and_does_not_hide_that_the_run_is_done(string file)
    {
        _bench.Steps.Acts["three"] = execution =>
        {
            File.WriteAllText(Path.Combine(execution.RunDirectory, file), "{ damaged");
            return new StepResult("Done");
        };

        var result = await _bench.ApplyAsync();

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains(_bench.Observer.Notes, note => note.StartsWith("A part of the result cannot be shown: ", StringComparison.Ordinal));
        Assert.Empty(result.CarriedLate);
    }

    [Fact]
    public async Task The_locks_of_a_run_that_failed_stay_until_it_is_done()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        var left = Directory.EnumerateFiles(_bench.State.LocksPath, "*.holder.json").Count();
        _bench.Steps.Acts.Remove("two");
        await _bench.ResumeAsync();

        Assert.Equal(2, left);
        Assert.Empty(Directory.EnumerateFiles(_bench.State.LocksPath, "*.holder.json"));
        Assert.Empty(_bench.Observer.Notes);
    }

    [Fact]
    public async Task The_locks_of_a_run_that_failed_stay_until_it_is_rolled_back()
    {
        _bench.Steps.Acts["two"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();
        await _bench.RollBackAsync();

        Assert.Empty(Directory.EnumerateFiles(_bench.State.LocksPath, "*.holder.json"));
    }

    private static FailingWatch FullDiskAt(JournalEvent journalEvent, string step) =>
        new(record => record.Event == journalEvent && record.Step == step, new IOException("No space left on device"));

    private sealed class ProcessEnded : Exception;
}

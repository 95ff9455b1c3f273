using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs;

/// <summary>A run that stopped for late writes carries them with a step that is not in its plan, and then does what was left of its plan.</summary>
public sealed class RunnerCatchUpTests : IAsyncLifetime, IDisposable
{
    private const string Steps = """
        steps:
          - { id: extract, uses: test/extracting }
          - { id: fill, uses: test/filling }
          - { id: compare, uses: test/comparing }
          - { id: start, uses: test/undoable }
        """;

    private SandboxCluster _source = null!;
    private RunBench _bench = null!;
    private int _written;

    public async Task InitializeAsync()
    {
        _source = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 8, 8) });
        _bench = new RunBench { Source = _source.Address, Text = Steps };
        _bench.Steps.Acts["extract"] = Extract;
        _bench.Steps.Acts["catch-up.1"] = Extract;
    }

    public async Task DisposeAsync() => await _source.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_came_late_is_carried_then_the_target_is_compared_again_and_the_rest_of_the_plan_is_done()
    {
        await StopForLateWritesAsync("compare");

        var caughtUp = await _bench.CatchUpAsync();

        Assert.Equal(RunOutcome.Done, caughtUp.Outcome);
        Assert.Equal(["catch-up.1", "extract", "fill", "compare", "start"], caughtUp.Steps.Select(step => step.Id));
        Assert.Equal(
            [
                "  journal catch-up-started catch-up.1", "  journal step-started catch-up.1", "catch-up.1 acts", "  journal step-done catch-up.1: Extracted",
                "  journal step-started compare", "compare acts", "  journal step-done compare: Did compare",
                "  journal step-started start", "start acts", "  journal step-done start: Did start", "  journal run-done",
            ],
            _bench.TakeTranscript());
    }

    [Theory]
    [InlineData(2, 3, RunOutcome.Done)]
    [InlineData(3, 3, RunOutcome.LateWrites)]
    public async Task What_is_written_during_a_catch_up_is_carried_by_the_next_a_few_times(int writes, int catchUps, RunOutcome expected)
    {
        await StopForLateWritesAsync("compare");
        for (var number = 1; number <= catchUps; number++)
        {
            var isWritten = number <= writes;
            _bench.Steps.Acts[$"catch-up.{number}"] = execution => isWritten ? ExtractAndWrite(execution) : Extract(execution);
        }

        var result = await _bench.CatchUpAsync();

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(catchUps, _bench.Records.Count(record => record.Event == JournalEvent.CatchUpStarted));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_catch_up_that_failed_goes_on_with_the_same_step(bool asCatchUp)
    {
        await StopForLateWritesAsync("compare");
        _bench.Steps.Acts["catch-up.1"] = _ => throw RunBench.Failure();
        var failed = await _bench.CatchUpAsync();
        _bench.Steps.Acts["catch-up.1"] = Extract;

        var again = asCatchUp ? await _bench.CatchUpAsync() : await _bench.ResumeAsync();

        Assert.Equal((RunOutcome.Failed, RunOutcome.Done), (failed.Outcome, again.Outcome));
        Assert.Equal([StepState.Failed, StepState.Done, StepState.Done, StepState.Pending, StepState.Pending], failed.Steps.Select(step => step.State));
        Assert.Equal("catch-up.1", Assert.Single(_bench.Records, record => record.Event == JournalEvent.CatchUpStarted).Step);
        Assert.Contains(_bench.Records, record => record.Event == JournalEvent.RunResumed);
    }

    [Fact]
    public async Task A_finished_run_can_catch_up_too()
    {
        Assert.Equal(RunOutcome.Done, (await _bench.ApplyAsync()).Outcome);
        Write();
        _bench.TakeTranscript();

        Assert.Equal(RunOutcome.Done, (await _bench.CatchUpAsync()).Outcome);

        Assert.Equal(["catch-up.1 acts", "compare acts"], _bench.TakeTranscript().Where(line => line.EndsWith(" acts", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_run_whose_target_is_not_filled_cannot_catch_up()
    {
        _bench.Steps.Acts["fill"] = _ => throw RunBench.Failure();
        await _bench.ApplyAsync();

        await AssertRefusedAsync("its target is not filled yet");
    }

    [Fact]
    public async Task A_run_that_was_rolled_back_cannot_catch_up()
    {
        await _bench.ApplyAsync();
        await _bench.RollBackAsync();

        await AssertRefusedAsync("it was rolled back, completely or in part");
    }

    [Fact]
    public async Task Without_a_step_that_carries_late_writes_no_run_can_catch_up()
    {
        await _bench.ApplyAsync();
        _bench.OffersCatchUp = false;

        await AssertRefusedAsync("no plugin offers a step that carries late writes");
    }

    [Fact]
    public async Task While_another_run_works_on_the_source_nothing_is_carried()
    {
        await StopForLateWritesAsync("compare");
        Directory.Delete(_bench.State.LocksPath, recursive: true);
        var other = LockHolderProcess.Current(new("other", "/runs/other"), _bench.Time, new LockOptions());
        using var held = LockFile.Take(_bench.State.LocksPath, SamplePlan.SourceId, other, new LockPolicy(other, mayBreak: true, _ => { }));

        await Assert.ThrowsAsync<ClusterLockedException>(_bench.CatchUpAsync);

        Assert.DoesNotContain(_bench.Records, record => record.Event == JournalEvent.CatchUpStarted);
    }

    /// <summary>Runs the plan until it stops for what was written during a step.</summary>
    private async Task StopForLateWritesAsync(string during)
    {
        _bench.Steps.Acts[during] = _ => Write();
        Assert.Equal(RunOutcome.LateWrites, (await _bench.ApplyAsync()).Outcome);
        _bench.Steps.Acts.Remove(during);
        _bench.TakeTranscript();
    }

    private async Task AssertRefusedAsync(string why)
    {
        var before = _bench.Records.Count;

        var refusal = await Assert.ThrowsAsync<StepFailedException>(_bench.CatchUpAsync);

        Assert.Equal($"run {_bench.Run.Id} cannot catch up: {why}", refusal.Message);
        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal(before, _bench.Records.Count);
    }

    private StepResult ExtractAndWrite(IStepExecution execution)
    {
        var extracted = Extract(execution);
        Write();
        return extracted;
    }

    private StepResult Extract(IStepExecution execution)
    {
        ExtractAsync(execution).GetAwaiter().GetResult();
        return new StepResult("Extracted");
    }

    private StepResult Write()
    {
        WriteAsync().GetAwaiter().GetResult();
        return new StepResult("Written");
    }

    private async Task ExtractAsync(IStepExecution execution)
    {
        await using var client = PachdClient.Create(_source.Address);
        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), inventory);
    }

    private async Task WriteAsync()
    {
        using var builder = new ClusterBuilder(_source.Address);
        await builder.CreateRepoAsync($"late{++_written}");
    }
}

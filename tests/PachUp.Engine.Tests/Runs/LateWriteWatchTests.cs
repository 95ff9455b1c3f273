using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs;

/// <summary>A run looks at its source again and again. Whatever was written there after the extract stops it.</summary>
public sealed class LateWriteWatchTests : IAsyncLifetime, IDisposable
{
    private const string Steps = """
        steps:
          - { id: extract, uses: test/lasting }
          - { id: fill, uses: test/filling }
          - { id: compare, uses: test/comparing }
          - { id: start, uses: test/lasting }
          - { id: switch, uses: test/switching }
          - { id: between, uses: test/lasting }
          - { id: open, uses: test/opening }
          - { id: end, uses: test/lasting }
        """;

    private SandboxCluster _source = null!;
    private RunBench _bench = null!;

    public async Task InitializeAsync()
    {
        _source = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 8, 8) });
        await ChangeAsync(source => source.CreateRepoAsync("images"));
        _bench = new RunBench { Source = _source.Address, Text = Steps };
        _bench.Steps.Acts["extract"] = execution =>
        {
            ExtractAsync(execution).GetAwaiter().GetResult();
            return new StepResult("Extracted");
        };
    }

    public async Task DisposeAsync() => await _source.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("fill", "compare")]
    [InlineData("compare", "start")]
    [InlineData("start", "switch")]
    [InlineData("switch", "open")]
    [InlineData("between", "open")]
    public async Task A_write_during_a_step_stops_the_run_before_this_step(string during, string stoppedBefore)
    {
        WriteDuring(during);

        var result = await _bench.ApplyAsync();

        Assert.Equal(RunOutcome.LateWrites, result.Outcome);
        Assert.Equal(stoppedBefore, result.Steps.First(step => step.State != StepState.Done).Id);
        Assert.Equal(FailureKind.LateWrites, result.Failure!.Kind);
        Assert.Equal("new repo late", Assert.Single(result.LateWrites!.Writes).Text);
        Assert.Contains("late: 1 repo", _bench.Observer.Told);
        Assert.Equal(JournalEvent.LateWritesFound, _bench.Records[^1].Event);
    }

    [Fact]
    public async Task A_write_after_the_plan_let_writers_in_again_is_not_late()
    {
        WriteDuring("open");

        Assert.Equal(RunOutcome.Done, (await _bench.ApplyAsync()).Outcome);
    }

    [Fact]
    public async Task Without_such_a_step_the_source_is_looked_at_when_all_steps_are_done()
    {
        using var bench = new RunBench { Source = _source.Address, Text = Steps[..Steps.IndexOf("  - { id: open", StringComparison.Ordinal)] };
        bench.Steps.Acts["extract"] = _bench.Steps.Acts["extract"];
        bench.Steps.Acts["between"] = _ => Write();

        var result = await bench.ApplyAsync();

        Assert.Equal(RunOutcome.LateWrites, result.Outcome);
        Assert.All(result.Steps, step => Assert.Equal(StepState.Done, step.State));
        Assert.True(RunState.Of(bench.Records).CanResume);
    }

    [Fact]
    public async Task A_run_that_stopped_looks_before_it_goes_on()
    {
        WriteDuring("start");
        await _bench.ApplyAsync();
        _bench.TakeTranscript();

        var again = await _bench.ResumeAsync();
        var transcript = _bench.TakeTranscript();
        await ChangeAsync(async source => await source.Pfs.DeleteRepoAsync(new DeleteRepoRequest { Repo = new Repo { Name = "late" } }));
        var undone = await _bench.ResumeAsync();

        Assert.Equal(RunOutcome.LateWrites, again.Outcome);
        Assert.Equal(["  journal run-resumed", $"  journal late-writes-found: {again.LateWrites!.Sentence}"], transcript);
        Assert.Equal(StepState.Done, again.Steps.Single(step => step.Id == "start").State);
        Assert.Equal(RunOutcome.Done, undone.Outcome);
        Assert.False(undone.LateWrites!.IsFound);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_any_more_is_told_and_the_run_goes_on()
    {
        _bench.Steps.Acts["fill"] = _ =>
        {
            _source.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return new StepResult("Filled");
        };

        var result = await _bench.ApplyAsync();

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains(_bench.Observer.Notes, note => note.StartsWith("Whether something was written to the source after the extract is not known: ", StringComparison.Ordinal));
        Assert.NotNull(result.LateWrites!.NotLooked);
    }

    [Fact]
    public async Task An_earlier_finding_stays_when_the_source_is_gone()
    {
        WriteDuring("fill");
        await _bench.ApplyAsync();
        await _source.DisposeAsync();

        await _bench.ResumeAsync();

        Assert.True(LateWriteReport.TryRead(_bench.Run.Path)!.IsFound);
    }

    [Theory]
    [InlineData(true, 0, RunOutcome.Done)]
    [InlineData(true, 3, RunOutcome.Done)]
    [InlineData(true, 4, RunOutcome.LateWrites)]
    [InlineData(false, 3, RunOutcome.Done)]
    [InlineData(false, 4, RunOutcome.LateWrites)]
    public async Task A_source_that_is_about_to_be_taken_away_is_extracted_again_a_few_times(bool isInPlace, int writes, RunOutcome expected)
    {
        using var bench = Removing(isInPlace, writes);

        var result = await bench.ApplyAsync();

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(Math.Min(writes, 3) + 1, bench.Records.Count(record => record is { Event: JournalEvent.StepDone, Step: "extract" }));
        Assert.Equal(expected == RunOutcome.Done, bench.Records.Any(record => record is { Event: JournalEvent.StepStarted, Step: "remove" }));
        Assert.Equal(expected == RunOutcome.LateWrites, bench.Observer.Told.Contains("late: 1 repo"));
        Assert.Equal(Math.Min(writes, 3), bench.Observer.Notes.Count(note => note.StartsWith("The source was written to after the extract.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_stopped_before_it_took_the_source_away_extracts_again_when_it_is_resumed(bool isInPlace)
    {
        using var bench = Removing(isInPlace, writes: 4);
        var stopped = await bench.ApplyAsync();

        var resumed = await bench.ResumeAsync();

        Assert.Contains("extracts the source again: pachup apply --resume", stopped.Failure!.Remedy, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Done, resumed.Outcome);
        Assert.Equal(5, bench.Records.Count(record => record is { Event: JournalEvent.StepDone, Step: "extract" }));
        Assert.False(resumed.LateWrites!.IsFound);
    }

    [Fact]
    public async Task An_extract_that_fails_when_it_is_done_again_stops_the_run_before_the_source_is_taken_away()
    {
        using var bench = Removing(isInPlace: true, writes: 1);
        var extract = bench.Steps.Acts["extract"];
        bench.Steps.Acts["extract"] = execution => bench.Records.Any(record => record.Event == JournalEvent.LateWritesFound) ? throw RunBench.Failure() : extract(execution);

        var result = await bench.ApplyAsync();

        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.Equal([StepState.Failed, StepState.Done, StepState.Pending], result.Steps.Select(step => step.State));
    }

    /// <summary>A migration that takes its source away, during which something is written after each of the first extracts.</summary>
    private RunBench Removing(bool isInPlace, int writes)
    {
        var bench = new RunBench
        {
            Source = _source.Address,
            IsInPlace = isInPlace,
            Text = """
                steps:
                  - { id: extract, uses: test/extracting }
                  - { id: between, uses: test/lasting }
                  - { id: remove, uses: test/removing }
                """,
        };
        var written = 0;
        bench.Steps.Acts["extract"] = execution =>
        {
            var extracted = _bench.Steps.Acts["extract"](execution);
            if (written < writes)
            {
                ChangeAsync(source => source.CreateRepoAsync($"late{++written}")).GetAwaiter().GetResult();
            }

            return extracted;
        };
        return bench;
    }

    private void WriteDuring(string step) => _bench.Steps.Acts[step] = _ => Write();

    private StepResult Write()
    {
        ChangeAsync(source => source.CreateRepoAsync("late")).GetAwaiter().GetResult();
        return new StepResult("Written");
    }

    private async Task ExtractAsync(IStepExecution execution)
    {
        await using var client = PachdClient.Create(_source.Address);
        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), inventory);
    }

    private async Task ChangeAsync(Func<ClusterBuilder, Task> change)
    {
        using var builder = new ClusterBuilder(_source.Address);
        await change(builder);
    }
}

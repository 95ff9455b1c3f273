using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Sdk.Testing;
using PachUp.Steps.Extracting;
using PachUp.Steps.Pausing;
using PachUp.Steps.Restoring;
using PachUp.Steps.Resuming;
using PachUp.Testing;

namespace PachUp.Steps.Tests.Resuming;

public class ResumeStepTests
{
    private static readonly ResumeStep Step = new();
    private static readonly ResumeStep.Arguments Arguments = new();

    private static Cluster WithTicker { get; } = StepBench.World.With(client => client.CreateCronPipelineAsync("ticker", "@yearly"));

    [Fact]
    public async Task Exactly_the_pipelines_that_ran_run_in_the_end()
    {
        await using var bench = await RestoredAsync();
        await StepBench.ChangeAsync(bench.Target, client => client.StopPipelineAsync("edges"));

        var preview = await Step.PreviewAsync(Arguments, bench.Execution);
        var result = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal("Makes sure that 1 pipeline run; 1 pipeline stay stopped", preview.Summary);
        Assert.Equal(["Stopped before and after: halted."], preview.Notes.AsEnumerable());
        Assert.Equal("Started 1 pipeline", result.Summary);
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Target));
    }

    [Fact]
    public async Task A_pipeline_that_came_back_running_is_stopped()
    {
        await using var bench = await RestoredAsync();
        await StepBench.ChangeAsync(bench.Target, async client =>
            await client.Pps.StartPipelineAsync(new Pachyderm.Wire.Pps.StartPipelineRequest { Pipeline = new Pachyderm.Wire.Pps.Pipeline { Name = "halted" } }));

        var result = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.EndsWith("stopped 1 pipeline that had started by themselves", result.Summary, StringComparison.Ordinal);
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Target));
    }

    [Fact]
    public async Task A_pipeline_with_a_cron_input_is_created_now_that_all_else_is_in_place()
    {
        await using var bench = await RestoredAsync(WithTicker);

        var preview = await Step.PreviewAsync(Arguments, bench.Execution);
        var result = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal(["create pipeline ticker"], preview.Does());
        Assert.Contains("created 1 pipeline with a cron input", result.Summary, StringComparison.Ordinal);
        Assert.Equal(["edges", "ticker"], await StepBench.RunningAsync(bench.Target));
    }

    [Theory]
    [InlineData(MissedTicks.Skip, "missed ticks are skipped: one tick at the time of the resume stands for them")]
    [InlineData(MissedTicks.MakeUp, "pachd makes all missed ticks at once")]
    public async Task The_preview_says_what_becomes_of_missed_ticks(MissedTicks missed, string detail)
    {
        await using var bench = await StepBench.StartAsync(WithTicker);

        var preview = await Step.PreviewAsync(Arguments with { MissedTicks = missed }, bench.Execution);

        Assert.Equal(detail, Assert.Single(preview.Effects).Detail);
    }

    [Fact]
    public async Task Doing_it_twice_changes_nothing_more()
    {
        await using var bench = await RestoredAsync(WithTicker);
        await Step.ExecuteAsync(Arguments, bench.Execution);
        var writes = bench.Target.Cluster.WriteCalls;

        await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal(writes, bench.Target.Cluster.WriteCalls);
    }

    [Fact]
    public async Task Undoing_it_stops_all_pipelines_of_the_target()
    {
        await using var bench = await RestoredAsync();
        await Step.ExecuteAsync(Arguments, bench.Execution);

        await Step.RevertAsync(Arguments, bench.Execution);

        Assert.Empty(await StepBench.RunningAsync(bench.Target));
    }

    [Fact]
    public async Task A_source_gets_back_the_pipelines_that_the_run_paused()
    {
        await using var bench = await StepBench.StartAsync();
        await new PauseStep().ExecuteAsync(new PauseStep.Arguments(), bench.Execution);
        var arguments = Arguments with { Cluster = ClusterChoice.Source };

        var result = await Step.ExecuteAsync(arguments, bench.Execution);

        Assert.Equal("Started 1 pipeline", result.Summary);
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Source));
        Assert.Equal("The pipelines of the source run as before", (await Step.RevertAsync(arguments, bench.Execution)).Summary);
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Source));
    }

    [Fact]
    public async Task Workers_that_do_not_start_are_named_while_it_waits_and_in_the_result()
    {
        await using var bench = await RestoredAsync();
        var platform = new WorkerPlatform(new WorkersState(["edges"], ["pipeline \"edges\": pod a: ImagePullBackOff"]));
        await using var target = new StandInCluster("target", bench.Target.Address) { Platform = platform };

        var execution = bench.Execution with { Target = target };
        var result = await Step.ExecuteAsync(Arguments, execution);

        Assert.Equal(["Pipeline \"edges\": pod a: ImagePullBackOff."], result.Notes.AsEnumerable());
        Assert.Contains("workers do not start: pipeline \"edges\": pod a: ImagePullBackOff", execution.Said);
        Assert.InRange(platform.Looks, 2, 40);
    }

    [Fact]
    public async Task Workers_that_start_late_are_waited_for()
    {
        await using var bench = await RestoredAsync();
        var platform = new WorkerPlatform(new WorkersState(["edges"], []), new WorkersState(["edges"], []), new WorkersState([], []));
        await using var target = new StandInCluster("target", bench.Target.Address) { Platform = platform };

        var execution = bench.Execution with { Target = target };
        var result = await Step.ExecuteAsync(Arguments, execution);

        Assert.Empty(result.Notes);
        Assert.Equal(3, platform.Looks);
        Assert.Contains("waiting for the workers of edges", execution.Said);
    }

    private static async Task<StepBench> RestoredAsync(Cluster? world = null)
    {
        var bench = await StepBench.StartAsync(world);
        await new ExtractStep().ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution);
        await new RestoreStep().ExecuteAsync(new RestoreStep.Arguments { From = bench.Archive }, bench.Execution);
        return bench;
    }

    /// <summary>Tells these states of workers, one at each look; the last one again and again.</summary>
    private sealed class WorkerPlatform(params WorkersState[] states) : IWorkerPlatform
    {
        public int Looks { get; private set; }

        public string Name => "workers";

        public Task<WorkersState> LookAtWorkersAsync(ICluster cluster, CancellationToken cancellationToken) =>
            Task.FromResult(states[Math.Min(Looks++, states.Length - 1)]);

        public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

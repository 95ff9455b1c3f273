using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Steps.Pausing;
using PachUp.Testing;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Steps.Tests.Pausing;

public class PauseStepTests
{
    private static readonly PauseStep Step = new();
    private static readonly PauseStep.Arguments Arguments = new();

    [Fact]
    public async Task What_the_preview_says_is_what_is_stopped()
    {
        await using var bench = await StepBench.StartAsync();

        var preview = await Step.PreviewAsync(Arguments, bench.Execution);
        var result = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal("Stops 1 pipeline on the source", preview.Summary);
        Assert.Equal(["stop pipeline edges"], preview.Does());
        Assert.Equal(("Stopped 1 pipeline", "edges"), (result.Summary, result.Outputs["pipelines"]));
        Assert.Empty(await StepBench.RunningAsync(bench.Source));
    }

    [Fact]
    public async Task Doing_it_twice_stops_nothing_more_and_remembers_what_ran()
    {
        await using var bench = await StepBench.StartAsync();
        await Step.ExecuteAsync(Arguments, bench.Execution);
        var writes = bench.Source.Cluster.WriteCalls;

        var again = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal("edges", again.Outputs["pipelines"]);
        Assert.Equal(writes, bench.Source.Cluster.WriteCalls);
    }

    [Fact]
    public async Task Undoing_starts_what_ran_and_leaves_stopped_what_was_stopped()
    {
        await using var bench = await StepBench.StartAsync();
        await Step.ExecuteAsync(Arguments, bench.Execution);
        Assert.Equal("Starts 1 pipeline again: edges.", Step.DescribeRollback(Arguments, bench.Execution));

        var undone = await Step.RevertAsync(Arguments, bench.Execution);

        Assert.Equal("Started 1 pipeline again", undone.Summary);
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Source));
    }

    [Fact]
    public async Task Undoing_what_was_never_done_changes_nothing()
    {
        await using var bench = await StepBench.StartAsync();
        var writes = bench.Source.Cluster.WriteCalls;
        Assert.Equal("Nothing to start again: no pipeline was stopped.", Step.DescribeRollback(Arguments, bench.Execution));

        await Step.RevertAsync(Arguments, bench.Execution);

        Assert.Equal(writes, bench.Source.Cluster.WriteCalls);
    }

    [Fact]
    public async Task What_an_unfinished_run_stopped_is_shown_and_started_again()
    {
        await using var bench = await StepBench.StartAsync();
        await Step.ExecuteAsync(Arguments, bench.Execution);
        var survey = bench.Execution.Survey with { StoppedByUnfinishedRuns = ["edges", "deleted meanwhile"] };
        var other = bench.Execution with { RunDirectory = Directory.CreateDirectory(Path.Combine(bench.Execution.RunDirectory, "other")).FullName, Survey = survey };

        var preview = await Step.PreviewAsync(Arguments, other);
        var result = await Step.ExecuteAsync(Arguments, other);
        await Step.RevertAsync(Arguments, other);

        Assert.Contains("Stopped already, by a run that did not end, and started again at the end: edges, deleted meanwhile.", preview.Notes);
        Assert.Equal("edges", result.Outputs["pipelines"]);
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Source));
    }

    [Fact]
    public async Task A_cluster_without_running_pipelines_needs_nothing()
    {
        var preview = await Step.PreviewAsync(Arguments, StandInExecution.Of(Clusters.Of(Clusters.Repo("images"))));

        Assert.Equal("Nothing to stop: no pipeline runs", preview.Summary);
        Assert.Empty(preview.Effects);
    }

    [Theory]
    [InlineData(JobsChoice.BreakOff, "Unfinished jobs are killed.")]
    [InlineData(JobsChoice.Wait, "Waits for unfinished jobs, at most 1 h 0 min, before it stops the first pipeline.")]
    public async Task The_preview_says_what_becomes_of_jobs(JobsChoice jobs, string note)
    {
        var preview = await Step.PreviewAsync(Arguments with { Jobs = jobs }, StandInExecution.Of(Clusters.Of()));

        Assert.Equal(note, preview.Notes[0]);
    }

    [Fact]
    public async Task A_pipeline_that_does_not_stop_in_time_is_named_and_the_run_can_go_on_later()
    {
        await using var server = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 8, Micro = 8 }),
            "/pps.API/ListPipeline" => Reply.Of(new PipelineInfos { PipelineInfo = { Clusters.Pipeline("edges", Clusters.Pfs("images")) } }),
            "/pps.API/StopPipeline" => Reply.Of(new Google.Protobuf.WellKnownTypes.Empty()),
            _ => Reply.Error(12, $"unknown method {method}"),
        });
        await using var source = new StandInCluster("source", server.Address);
        using var folder = new TemporaryFolder();
        var execution = StandInExecution.Of(Clusters.Of()) with { Source = source, RunDirectory = folder.Path };

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments with { Timeout = TimeSpan.FromSeconds(1) }, execution));

        Assert.Equal("1 pipeline did not stop within 1.0 s: edges", failure.Message);
        Assert.Equal("Starts 1 pipeline again: edges.", Step.DescribeRollback(Arguments, execution));
    }

    [Fact]
    public async Task The_other_cluster_is_paused_where_the_plan_says_so()
    {
        await using var bench = await StepBench.StartAsync();

        await Step.ExecuteAsync(Arguments with { Cluster = ClusterChoice.Target }, bench.Execution);

        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Source));
    }
}

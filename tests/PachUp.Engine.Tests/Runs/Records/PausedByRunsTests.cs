using PachUp.Common.Files;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Pachyderm.Inventories;
using PachUp.Testing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs.Records;

public sealed class PausedByRunsTests : IDisposable
{
    private readonly RunBench _bench = new();

    private static ClusterInventory Cluster { get; } = Clusters.Of(Clusters.Repo("images"))
        .Running(Stopped("edges"), Stopped("montage")) with
    { ClusterId = SamplePlan.SourceId };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Without_runs_the_inventory_is_unchanged() => Assert.Equal(["edges", "montage"], StoppedIn(Undo(Cluster)));

    [Fact]
    public async Task A_pipeline_that_a_run_paused_counts_as_running()
    {
        await PauseAsync("edges");

        Assert.Equal(["montage"], StoppedIn(Undo(Cluster)));
    }

    [Fact]
    public async Task A_pipeline_that_a_run_paused_on_another_cluster_counts_as_stopped()
    {
        await PauseAsync("edges");

        Assert.Equal(["edges", "montage"], StoppedIn(Undo(Cluster with { ClusterId = "another" })));
    }

    [Fact]
    public async Task A_rolled_back_run_no_longer_pauses_pipelines()
    {
        await PauseAsync("edges");

        await _bench.RollBackAsync();

        Assert.Equal(["edges", "montage"], StoppedIn(Undo(Cluster)));
    }

    [Fact]
    public async Task A_run_with_an_incomplete_rollback_still_pauses_pipelines()
    {
        _bench.Steps.Undoes["one"] = _ => throw RunBench.Failure();
        await PauseAsync("edges");

        await _bench.RollBackAsync();

        Assert.False(RunState.Of(_bench.Records).IsRolledBack);
        Assert.Equal(["montage"], StoppedIn(Undo(Cluster)));
    }

    private static Pachyderm.Wire.Pps.PipelineInfo Stopped(string name)
    {
        var pipeline = Clusters.Pipeline(name, Clusters.Pfs("images"));
        pipeline.Stopped = true;
        return pipeline;
    }

    private ClusterInventory Undo(ClusterInventory cluster) => new PausedByRuns(_bench.State).Undo(cluster);

    private static IEnumerable<string> StoppedIn(ClusterInventory cluster) =>
        cluster.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name);

    /// <summary>A run that records which pipelines it paused, like the pause step.</summary>
    private async Task PauseAsync(params string[] pipelines)
    {
        _bench.Steps.Acts["one"] = execution =>
        {
            JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.PausedPipelines), pipelines);
            return new Sdk.StepResult("Paused");
        };
        await _bench.ApplyAsync();
    }
}

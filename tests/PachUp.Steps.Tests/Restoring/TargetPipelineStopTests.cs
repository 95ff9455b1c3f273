using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Steps.Restoring;
using PachUp.Testing;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Steps.Tests.Restoring;

/// <summary>A pachd that answers, but cannot stop pipelines: seen on Kubernetes when pachd had lost its connection to the API server.</summary>
public class TargetPipelineStopTests
{
    private const string Reason = "http2: no cached connection was available";

    [Fact]
    public async Task In_place_a_target_that_cannot_stop_its_pipelines_does_not_keep_the_source_away()
    {
        await using var server = await StartAsync(Reply.Error(2, Reason));
        await using var target = new StandInCluster("target", server.Address);

        var undone = await StopAsync(target, isInPlace: true);

        Assert.StartsWith($"Not all pipelines of the target at {server.Address} were stopped: ", undone.Summary, StringComparison.Ordinal);
        Assert.EndsWith($"{Reason}. They end when the target is undeployed", undone.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_place_pipelines_that_do_not_stop_in_time_do_not_keep_the_source_away()
    {
        await using var server = await StartAsync(Reply.Of(new Google.Protobuf.WellKnownTypes.Empty()));
        await using var target = new StandInCluster("target", server.Address);

        var undone = await StopAsync(target, isInPlace: true);

        Assert.EndsWith("1 pipeline did not stop within 0.0 s: edges. They end when the target is undeployed", undone.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Side_by_side_the_rollback_stops_there_because_both_clusters_would_compute()
    {
        await using var server = await StartAsync(Reply.Error(2, Reason));
        await using var target = new StandInCluster("target", server.Address);

        var failure = await Assert.ThrowsAsync<PachdException>(() => StopAsync(target, isInPlace: false));

        Assert.Contains(Reason, failure.Message, StringComparison.Ordinal);
    }

    private static Task<FakePachd> StartAsync(Reply stopped) => FakePachd.StartAsync((method, _) => method switch
    {
        "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 9 }),
        "/admin.API/InspectCluster" => Reply.Of(new ClusterInfo { Id = "target" }),
        "/pps.API/ListPipeline" => Reply.Of(new PipelineInfos { PipelineInfo = { Clusters.Pipeline("edges", Clusters.Pfs("images")) } }),
        "/pps.API/StopPipeline" => stopped,
        _ => Reply.Error(12, $"unknown method {method}"),
    });

    private static Task<StepResult> StopAsync(StandInCluster target, bool isInPlace) => TargetPipelineStop.StopAllAsync(
        TimeSpan.Zero, StandInExecution.Of(Clusters.Of()) with { Target = target, IsInPlace = isInPlace }, CancellationToken.None);
}

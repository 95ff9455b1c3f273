using PachUp.Pachyderm.Wire.Pps;
using PachUp.Steps.Resuming;
using PachUp.Testing;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Steps.Tests.Resuming;

public class WorkerStartTests
{
    [Fact]
    public async Task Pipelines_that_pachd_has_failed_are_named_with_the_reason()
    {
        await using var server = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 9 }),
            "/pps.API/ListPipeline" => Reply.Of(new PipelineInfos
            {
                PipelineInfo =
                {
                    Of("upper", PipelineState.PipelineFailure, ""),
                    Of("edges", PipelineState.PipelineFailure, "manifest for busybox:1.31 not found"),
                    Of("runs", PipelineState.PipelineRunning, ""),
                    Of("halted", PipelineState.PipelineFailure, "failed before"),
                },
            }),
            _ => Reply.Error(12, $"unknown method {method}"),
        });
        await using var cluster = new StandInCluster("target", server.Address);

        var failed = await WorkerStart.FindFailedAsync(["edges", "upper", "runs"], cluster.Connect(), CancellationToken.None);

        Assert.Equal(["Pipeline \"edges\" has failed: manifest for busybox:1.31 not found.", "Pipeline \"upper\" has failed."], failed);
    }

    private static PipelineInfo Of(string name, PipelineState state, string reason)
    {
        var info = Clusters.Pipeline(name, Clusters.Pfs("images"));
        (info.State, info.Reason) = (state, reason);
        return info;
    }
}

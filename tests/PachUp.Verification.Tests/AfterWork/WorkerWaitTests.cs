using Google.Protobuf.WellKnownTypes;
using PachUp.Common;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.AfterWork;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Verification.Tests.AfterWork;

public class WorkerWaitTests
{
    private static readonly OutputMatch Pending = new(new OutputHead("edges", "master", OutputKind.Files, "e1", ["images@i1"], HasFiles: true)) { Commit = "f1", IsOpen = true };

    private static readonly CommitInfo Open = new();

    private static readonly CommitInfo Finished = new() { Finished = new Timestamp { Seconds = 1 }, Trees = { new Pachyderm.Wire.Pfs.Object { Hash = "4f" } } };

    [Fact]
    public async Task It_waits_until_the_workers_have_finished_and_says_what_for()
    {
        var said = new List<string>();
        var commits = new Queue<CommitInfo>([Open, Finished]);

        var match = await WaitAsync(new PipelineInfo(), commits.Dequeue, TimeSpan.FromHours(1), said: said);

        Assert.Equal((false, true, null), (match.IsOpen, match.HasFiles, match.Obstacle));
        Assert.Equal(["waiting for pipeline edges: 12 of 40 datums"], said);
    }

    [Fact]
    public async Task It_gives_up_in_the_end_and_says_where_the_work_is()
    {
        var match = await WaitAsync(new PipelineInfo(), () => Open, TimeSpan.Zero);

        Assert.Equal((false, "its workers have not finished it after 0.0 s (waited for pipeline edges: 12 of 40 datums)"), (match.Obstacle!.IsHarmless, match.Obstacle.Why));
    }

    [Theory]
    [InlineData(true, true, "the pipeline is stopped, as on the source")]
    [InlineData(true, false, "start it, then verify again")]
    [InlineData(false, false, "the pipeline has failed: no such image")]
    public async Task What_does_not_run_is_not_waited_for(bool isStopped, bool wasStopped, string why)
    {
        var pipeline = new PipelineInfo { Stopped = isStopped, State = PipelineState.PipelineFailure, Reason = "no such image" };

        var match = await WaitAsync(pipeline, () => Open, TimeSpan.FromHours(1), wasStopped);

        Assert.Contains(why, match.Obstacle!.Why, StringComparison.Ordinal);
        Assert.Equal(wasStopped, match.Obstacle.IsHarmless);
    }

    private static async Task<OutputMatch> WaitAsync(
        PipelineInfo pipeline, Func<CommitInfo> commit, TimeSpan timeout, bool wasStopped = false, List<string>? said = null)
    {
        pipeline.Pipeline = new Pipeline { Name = "edges" };
        await using var server = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 9 }),
            "/pps.API/ListPipeline" => Reply.Of(new PipelineInfos { PipelineInfo = { pipeline } }),
            "/pfs.API/InspectCommit" => Reply.Of(commit()),
            "/pps.API/ListJobStream" => Reply.Of(new JobInfo { Job = new Job { Id = "4f" }, DataProcessed = 12, DataTotal = 40 }),
            _ => Reply.Error(12, $"unknown method {method}"),
        });
        await using var client = PachdClient.Create(server.Address);
        var progress = new InlineProgress<StepProgress>(news => said?.Add(news.Text));
        var wait = new WorkerWait(client, wasStopped ? new HashSet<string> { "edges" } : [], new HurriedTime(), progress);
        return Assert.Single(await wait.WaitAsync([Pending], timeout, CancellationToken.None));
    }
}

using Microsoft.Extensions.Time.Testing;
using PachUp.Common;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.AfterWork;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Verification.Tests.AfterWork;

public class JobWaitTests
{
    private static readonly JobInfo Running = new()
    {
        Job = new Job { Id = "4f" },
        Pipeline = new Pipeline { Name = "edges" },
        State = JobState.JobRunning,
        DataProcessed = 10,
        DataSkipped = 2,
        DataTotal = 40,
    };

    [Fact]
    public async Task Jobs_that_run_are_waited_for_with_their_progress()
    {
        var said = new List<string>();
        var answers = new Queue<JobInfo[]>([[Running], []]);
        await using var server = await StartAsync(Clusters.Pipeline("edges", Clusters.Pfs("images")), answers.Dequeue);
        await using var client = PachdClient.Create(server.Address);

        await new JobWait(client, new HurriedTime(), new InlineProgress<StepProgress>(news => said.Add(news.Text))).WaitAsync(TimeSpan.FromHours(1), CancellationToken.None);

        Assert.Equal(["waiting for 1 job, job 4f of pipeline edges: 12 of 40 datums"], said);
    }

    [Fact]
    public async Task Jobs_that_do_not_end_are_named_when_the_waiting_ends()
    {
        await using var server = await StartAsync(Clusters.Pipeline("edges", Clusters.Pfs("images")), () => [Running]);
        await using var client = PachdClient.Create(server.Address);

        var failure = await Assert.ThrowsAsync<StepFailedException>(
            () => new JobWait(client, new FakeTimeProvider(), new Progress<StepProgress>()).WaitAsync(TimeSpan.Zero, CancellationToken.None));

        Assert.Contains("1 job has not ended: job 4f of pipeline edges: 12 of 40 datums", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_of_stopped_pipelines_and_of_services_are_not_waited_for()
    {
        var stopped = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        stopped.Stopped = true;
        await using var server = await StartAsync(stopped, () => [Running]);
        await using var client = PachdClient.Create(server.Address);

        await new JobWait(client, new FakeTimeProvider(), new Progress<StepProgress>()).WaitAsync(TimeSpan.Zero, CancellationToken.None);
    }

    private static Task<FakePachd> StartAsync(PipelineInfo pipeline, Func<JobInfo[]> jobs) => FakePachd.StartAsync((method, _) => method switch
    {
        "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 8, Micro = 7 }),
        "/pps.API/ListPipeline" => Reply.Of(new PipelineInfos { PipelineInfo = { pipeline } }),
        "/pps.API/ListJobStream" => Reply.Of([.. jobs()]),
        _ => Reply.Error(12, $"unknown method {method}"),
    });
}

using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Workers;

/// <summary>Cron inputs, with and without workers.</summary>
public sealed class CronTests
{
    private const string TickRepo = "ticker_tick";

    [Theory]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_tick_is_an_empty_file_named_by_its_time_and_starts_the_pipeline(string release)
    {
        await using var cluster = await StartWithTickerAsync(release);

        var job = await TickAsync(cluster);

        Assert.Equal(JobState.JobSuccess, job.State);
        Assert.Equal(["2019-01-02T00:00:00Z"], await cluster.ListAsync(TickRepo));
        Assert.Equal(["2019-01-02T00:00:00Z"], await cluster.ListAsync("ticker"));
    }

    [Fact]
    public async Task In_1_7_a_tick_is_a_file_that_holds_the_moment()
    {
        await using var cluster = await StartWithTickerAsync("1.7.14");

        await TickAsync(cluster);

        Assert.Equal(["time"], await cluster.ListAsync(TickRepo));
        Assert.Equal("\"2019-01-02T00:00:00.000Z\"", await cluster.ReadAsync(TickRepo, "/time"));
    }

    [Theory]
    [InlineData(false, new[] { "2019-01-02T00:00:00Z", "2019-01-03T00:00:00Z" })]
    [InlineData(true, new[] { "2019-01-03T00:00:00Z" })]
    public async Task Ticks_add_files_unless_each_replaces_the_one_before(bool overwrite, string[] expected)
    {
        await using var cluster = await StartWithTickerAsync("1.9.12", cron => cron.Overwrite = overwrite);

        await TickAsync(cluster);
        await TickAsync(cluster);

        Assert.Equal(expected, await cluster.ListAsync(TickRepo));
    }

    [Theory]
    [InlineData("1.7.14", true)]
    [InlineData("1.8.7", false)]
    [InlineData("1.8.8", false)]
    [InlineData("1.9.0", true)]
    [InlineData("1.9.12", true)]
    public async Task Stopping_a_pipeline_ends_its_ticks_in_1_8_alone(string release, bool ticksOn)
    {
        await using var cluster = await WorkingCluster.StartAsync(release, runsPipelines: false, ticksOnRequest: true);
        await cluster.Pps.CreatePipelineAsync(Ticker());
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(cluster.Cluster.Tick(TickRepo));

        await cluster.Pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = "ticker" } });
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(ticksOn, cluster.Cluster.Tick(TickRepo));
    }

    [Fact]
    public async Task A_new_pipeline_makes_the_ticks_since_its_start()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.12");

        await cluster.Pps.CreatePipelineAsync(Ticker(cron => cron.Start = Timestamp.FromDateTimeOffset(WorkingCluster.Start.AddDays(-3))));
        await CommitsAsync(cluster, 3);

        Assert.Equal(
            ["2018-12-30T00:00:00Z", "2018-12-31T00:00:00Z", "2019-01-01T00:00:00Z"], await cluster.ListAsync(TickRepo));
    }

    [Theory]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_stopped_pipeline_goes_on_ticking_and_computes_nothing(string release)
    {
        await using var cluster = await StartWithTickerAsync(release);
        await cluster.Pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = "ticker" } });

        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await CommitsAsync(cluster, 1);

        Assert.Equal(["2019-01-02T00:00:00Z"], await cluster.ListAsync(TickRepo));
        Assert.Empty(await cluster.JobsAsync("ticker"));
    }

    [Theory]
    [InlineData("1.9.0", 0)]
    [InlineData("1.9.12", 1)]
    public async Task When_the_server_starts_again_only_late_releases_let_a_stopped_pipeline_tick(string release, int ticks)
    {
        using var folder = new PachUp.Testing.TemporaryFolder();
        await using (var before = await WorkingCluster.StartAsync(release, data: folder.File("data")))
        {
            await before.Pps.CreatePipelineAsync(Ticker());
            await before.Pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = "ticker" } });
        }

        await using var cluster = await WorkingCluster.StartAsync(release, runsPipelines: false, data: folder.File("data"), ticksOnRequest: true);
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(ticks > 0, cluster.Cluster.Tick(TickRepo));
        Assert.Equal(ticks, (await cluster.CommitsOfAsync(TickRepo)).Count);
    }

    [Fact]
    public async Task A_restored_cron_pipeline_ticks_before_its_commits_arrive_and_counts_on_by_itself()
    {
        await using var source = await StartWithTickerAsync("1.9.0");
        await TickAsync(source);
        await TickAsync(source);

        // The hash of this content is greater than that of the empty object, so that the empty object of the ticks is not the last one.
        await source.Files.CreateRepoAsync("others");
        await source.Files.CommitFileAsync("others", "master", "/last", "words");
        await using var target = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);
        target.Clock.Advance(TimeSpan.FromDays(2));

        await target.RestoreAsync(await source.ExtractAsync());

        var restored = (await source.CommitsOfAsync(TickRepo))[^1].Commit.Id;
        var first = (await target.CommitsOfAsync(TickRepo)).Single(commit => commit.Commit.Id == restored);
        Assert.NotNull(first.ParentCommit);
    }

    [Fact]
    public async Task Cron_inputs_tick_where_no_workers_run()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.12", runsPipelines: false);
        await cluster.Pps.CreatePipelineAsync(Ticker());

        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await CommitsAsync(cluster, 1);

        Assert.Empty(await cluster.JobsAsync("ticker"));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_cluster_that_is_filled_has_made_the_ticks_that_were_due(string release)
    {
        await using var source = await StartWithTickerAsync(release);
        await TickAsync(source);
        await using var cluster = await WorkingCluster.StartAsync(release, runsPipelines: false);
        cluster.Clock.Advance(TimeSpan.FromDays(400));

        await FillAsync(cluster, source);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await CommitsAsync(cluster, 2);

        Assert.Contains((await cluster.ListAsync(TickRepo))[^1], new[] { "time", "2020-02-06T00:00:00Z" });
        Assert.Equal(2, (await cluster.CommitsOfAsync(TickRepo)).Count);
    }

    [Fact]
    public async Task A_cluster_that_was_filled_makes_no_earlier_ticks_when_it_starts_again()
    {
        using var folder = new PachUp.Testing.TemporaryFolder();
        await using var source = await StartWithTickerAsync("1.9.12");
        await TickAsync(source);
        await using (var before = await WorkingCluster.StartAsync("1.9.12", runsPipelines: false, data: folder.File("data"), ticksOnRequest: true))
        {
            before.Clock.Advance(TimeSpan.FromDays(400));
            await FillAsync(before, source);
        }

        await using var cluster = await WorkingCluster.StartAsync("1.9.12", runsPipelines: false, data: folder.File("data"));
        cluster.Clock.Advance(TimeSpan.FromDays(401));
        await CommitsAsync(cluster, 2);

        Assert.Equal("2020-02-06T00:00:00Z", (await cluster.ListAsync(TickRepo))[^1]);
        Assert.Equal(2, (await cluster.CommitsOfAsync(TickRepo)).Count);
    }

    [Fact]
    public async Task A_tick_that_was_begun_and_not_finished_is_deleted_before_the_next()
    {
        await using var cluster = await StartWithTickerAsync("1.9.12");
        var begun = await cluster.Files.StartCommitAsync(TickRepo, "master");

        await TickAsync(cluster);

        Assert.DoesNotContain(await cluster.CommitsOfAsync(TickRepo), commit => commit.Commit.Id == begun);
    }

    [Fact]
    public async Task A_pipeline_can_be_made_to_tick_now()
    {
        await using var cluster = await StartWithTickerAsync("1.9.12");
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        await cluster.Pps.RunCronAsync(new RunCronRequest { Pipeline = new Pipeline { Name = "ticker" } });

        Assert.Equal(["2019-01-01T01:00:00Z"], await cluster.ListAsync(TickRepo));
    }

    [Fact]
    public async Task A_pipeline_without_a_cron_input_cannot_be_made_to_tick()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await cluster.Files.CreatePipelineAsync("edges", "images");

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await cluster.Pps.RunCronAsync(new RunCronRequest { Pipeline = new Pipeline { Name = "edges" } }));

        Assert.Equal("pipeline must have a cron input", refusal.Status.Detail);
    }

    [Fact]
    public async Task A_tick_that_is_begun_on_request_is_open_until_it_is_made()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false, ticksOnRequest: true);
        await cluster.Pps.CreatePipelineAsync(Ticker());
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        Assert.True(cluster.Cluster.BeginTick(TickRepo));
        var begun = Assert.Single(await cluster.CommitsOfAsync(TickRepo));
        Assert.True(cluster.Cluster.Tick(TickRepo));
        var made = Assert.Single(await cluster.CommitsOfAsync(TickRepo));

        Assert.Null(begun.Finished);
        Assert.NotNull(made.Finished);
        Assert.False(cluster.Cluster.BeginTick(TickRepo));
    }

    private static async Task<WorkingCluster> StartWithTickerAsync(string release, Action<CronInput>? more = null)
    {
        var cluster = await WorkingCluster.StartAsync(release);
        await cluster.Pps.CreatePipelineAsync(Ticker(more));
        return cluster;
    }

    private static async Task FillAsync(WorkingCluster cluster, WorkingCluster source)
    {
        await using var client = PachdClient.Create(source.Cluster.Address);
        cluster.Cluster.Fill(await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly));
    }

    private static CreatePipelineRequest Ticker(Action<CronInput>? more = null)
    {
        var cron = new CronInput { Name = "tick", Spec = "@every 24h", Start = Timestamp.FromDateTimeOffset(WorkingCluster.Start) };
        more?.Invoke(cron);
        return WorkingCluster.Spec("ticker", new Input { Cron = cron });
    }

    /// <summary>Lets a day pass, and waits for the job that the tick starts.</summary>
    private static async Task<JobInfo> TickAsync(WorkingCluster cluster)
    {
        var before = await cluster.JobsAsync("ticker");
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await CommitsAsync(cluster, before.Count + 1);
        return (await cluster.FlushAsync(TickRepo))[0];
    }

    /// <summary>Waits until the tick repo has had a number of finished commits. Starts again if a commit is deleted meanwhile.</summary>
    private static async Task CommitsAsync(WorkingCluster cluster, int count)
    {
        while (!await TryWaitForCommitsAsync(cluster, count))
        {
        }
    }

    private static async Task<bool> TryWaitForCommitsAsync(WorkingCluster cluster, int count)
    {
        using var call = cluster.Pfs.SubscribeCommit(new SubscribeCommitRequest
        {
            Repo = new Repo { Name = TickRepo },
            Branch = "master",
            State = CommitState.Finished,
        });
        try
        {
            Assert.Equal(count, await call.ResponseStream.ReadAllAsync().Take(count).CountAsync());
            return true;
        }
        catch (RpcException e) when (e.Status.Detail.EndsWith("was deleted", StringComparison.Ordinal))
        {
            return false;
        }
    }
}

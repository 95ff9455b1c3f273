using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Workers;

/// <summary>Pipelines of a cluster that runs them.</summary>
public sealed class RunningPipelineTests
{
    public static TheoryData<string> Releases => [.. SandboxReleases.All.Select(release => release.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_job_copies_its_inputs_to_the_output_and_counts_its_datums(string release)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync(release);
        await cluster.Files.CreatePipelineAsync("edges", "images");

        var job = Assert.Single(await cluster.FlushAsync("images"));

        Assert.Equal((JobState.JobSuccess, 2, 2, 0), (job.State, job.DataTotal, job.DataProcessed, job.DataSkipped));
        Assert.Equal((6ul, 6ul), (job.Stats.DownloadBytes, job.Stats.UploadBytes));
        Assert.Equal(["1.png", "2.png"], await cluster.ListAsync("edges"));
        Assert.Equal("two", await cluster.ReadAsync("edges", "/2.png"));
    }

    [Theory]
    [InlineData("1.7.14", true)]
    [InlineData("1.8.7", false)]
    [InlineData("1.9.12", false)]
    public async Task An_output_commit_has_a_tree_up_to_1_7_and_parts_with_a_list_of_datums_later(string release, bool hasTree)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync(release);
        await cluster.Files.CreatePipelineAsync("edges", "images");

        var commit = await cluster.HeadOfAsync("edges");

        Assert.Equal(6ul, commit.SizeBytes);
        Assert.Equal((hasTree, hasTree ? 0 : 1, !hasTree), (commit.Tree is not null, commit.Trees.Count, commit.Datums is not null));
    }

    [Fact]
    public async Task Output_is_written_in_as_many_parts_as_the_spec_says()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.0");
        await cluster.Files.CreatePipelineAsync("edges", "images", more: spec => spec.HashtreeSpec = new HashtreeSpec { Constant = 3 });

        var commit = await cluster.HeadOfAsync("edges");

        Assert.Equal(3, commit.Trees.Count);
        Assert.Equal(["1.png", "2.png"], await cluster.ListAsync("edges"));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Datums_with_results_are_skipped(string release)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync(release);
        await cluster.Files.CreatePipelineAsync("edges", "images");
        await cluster.FlushAsync("images");

        await cluster.Files.CommitFileAsync("images", "master", "/3.png", "three");
        var job = Assert.Single(await cluster.FlushAsync("images"));

        Assert.Equal((3, 1, 2), (job.DataTotal, job.DataProcessed, job.DataSkipped));
        Assert.Equal(["1.png", "2.png", "3.png"], await cluster.ListAsync("edges"));
    }

    [Theory]
    [InlineData(false, 0, 2)]
    [InlineData(true, 2, 0)]
    public async Task An_update_computes_output_again_only_if_the_request_says_so(bool reprocess, int processed, int skipped)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await cluster.Files.CreatePipelineAsync("edges", "images");
        await cluster.FlushAsync("images");

        await cluster.Files.CreatePipelineAsync("edges", "images", more: spec => (spec.Update, spec.Reprocess) = (true, reprocess));
        var job = Assert.Single(await cluster.FlushAsync("images"), job => job.PipelineVersion == 2);

        Assert.Equal((processed, skipped), (job.DataProcessed, job.DataSkipped));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Pipelines_that_read_others_run_after_them(string release)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync(release);
        await cluster.Files.CreatePipelineAsync("edges", "images");
        await cluster.Files.CreatePipelineAsync("montage", "edges", more: spec => spec.Input.Pfs.Glob = "/");

        var jobs = await cluster.FlushAsync("images");

        Assert.Equal(["edges", "montage"], jobs.Select(job => job.Pipeline.Name).Order(StringComparer.Ordinal));
        Assert.All(jobs, job => Assert.Equal(JobState.JobSuccess, job.State));
        Assert.Equal("one", await cluster.ReadAsync("montage", "/1.png"));
    }

    [Fact]
    public async Task A_cross_makes_a_datum_of_every_pair_of_files()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.8.8");
        await cluster.Files.CreateRepoAsync("labels");
        await cluster.Files.CommitFileAsync("labels", "master", "/a.txt", "A");
        await cluster.Pps.CreatePipelineAsync(WorkingCluster.Spec("pairs", new Input { Cross = { Pfs("images"), Pfs("labels") } }));

        var job = Assert.Single(await cluster.FlushAsync("labels"));

        Assert.Equal(2, job.DataTotal);
        Assert.Equal("AA", await cluster.ReadAsync("pairs", "/a.txt"));
    }

    [Fact]
    public async Task A_join_makes_datums_of_files_with_the_same_key()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await cluster.Files.CreateRepoAsync("labels");
        await cluster.Files.CommitFileAsync("labels", "master", "/2.txt", "zwei");
        await cluster.Pps.CreatePipelineAsync(WorkingCluster.Spec("joined", new Input
        {
            Join =
            {
                new Input { Pfs = new PFSInput { Repo = "images", Glob = "/(*).png", JoinOn = "$1" } },
                new Input { Pfs = new PFSInput { Repo = "labels", Glob = "/(*).txt", JoinOn = "$1" } },
            },
        }));

        var job = Assert.Single(await cluster.FlushAsync("labels"));

        Assert.Equal(1, job.DataTotal);
        Assert.Equal(["2.png", "2.txt"], await cluster.ListAsync("joined"));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.12")]
    public async Task A_stopped_pipeline_does_not_run_until_it_is_started(string release)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync(release);
        await cluster.Files.CreatePipelineAsync("edges", "images");
        await cluster.Files.CreatePipelineAsync("others", "images");
        await cluster.FlushAsync("images");
        await cluster.Pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = "edges" } });

        await cluster.Files.CommitFileAsync("images", "master", "/3.png", "three");
        var whileStopped = await cluster.FlushAsync("images");
        await cluster.Pps.StartPipelineAsync(new StartPipelineRequest { Pipeline = new Pipeline { Name = "edges" } });
        await cluster.HeadOfAsync("edges");

        Assert.Equal(["others"], whileStopped.Select(job => job.Pipeline.Name));
        Assert.Equal(["1.png", "2.png", "3.png"], await cluster.ListAsync("edges"));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.9.0")]
    public async Task Statistics_get_a_commit_of_their_own(string release)
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync(release);
        await cluster.Files.CreatePipelineAsync("edges", "images", more: spec => spec.EnableStats = true);

        var job = Assert.Single(await cluster.FlushAsync("images"));
        var stats = await cluster.HeadOfAsync("edges", "stats");

        Assert.Equal(stats.Commit.Id, job.StatsCommit.Id);
        Assert.Equal(2, (await cluster.ListAsync("edges", "stats")).Count);
    }

    [Fact]
    public async Task A_pipeline_in_standby_returns_to_standby_after_its_work()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await cluster.Files.CreatePipelineAsync("edges", "images", more: spec => spec.Standby = true);
        await cluster.Files.CreatePipelineAsync("later", "edges");

        await cluster.FlushAsync("images");
        var states = await StatesUntilAsync(cluster, "edges", PipelineState.PipelineStandby);

        Assert.Equal(PipelineState.PipelineStandby, states);
    }

    [Fact]
    public async Task A_job_without_datums_succeeds_and_so_do_the_jobs_that_read_its_output()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.0");
        await cluster.Files.CreatePipelineAsync("edges", "images", more: spec => spec.Input.Pfs.Glob = "/*.jpg");
        await cluster.Files.CreatePipelineAsync("montage", "edges");

        var jobs = await cluster.FlushAsync("images");

        Assert.Equal((JobState.JobSuccess, 0), jobs.Where(job => job.Pipeline.Name == "edges").Select(job => (job.State, job.DataTotal)).Single());
        Assert.Equal(
            (JobState.JobSuccess, 0),
            jobs.Where(job => job.Pipeline.Name == "montage").Select(job => (job.State, job.DataTotal)).Single());
    }

    [Fact]
    public async Task A_service_runs_on_its_newest_input_and_ends_its_job_on_the_input_before()
    {
        await using var cluster = await StartWithServiceAsync();
        var first = (await cluster.CommitsOfAsync("web"))[0].Commit.Id;

        await cluster.Files.CommitFileAsync("images", "master", "/3.png", "three");
        var ended = await cluster.HeadOfAsync("web", first);

        Assert.NotNull(ended.Finished);
        Assert.Equal(JobState.JobSuccess, (await cluster.JobsAsync("web")).Single(job => job.OutputCommit.Id == first).State);
    }

    [Fact]
    public async Task A_job_that_is_stopped_is_killed_and_leaves_no_files()
    {
        await using var cluster = await StartWithServiceAsync();
        var output = (await cluster.CommitsOfAsync("web"))[0].Commit;
        var job = await JobOfAsync(cluster, output);

        await cluster.Pps.StopJobAsync(new StopJobRequest { Job = job });

        var stopped = await cluster.Pps.InspectJobAsync(new InspectJobRequest { Job = job, BlockState = true });
        Assert.Equal(JobState.JobKilled, stopped.State);
        Assert.Empty((await cluster.HeadOfAsync("web", output.Id)).Trees);
    }

    [Fact]
    public async Task Results_survive_a_restart_and_are_used_again()
    {
        using var folder = new PachUp.Testing.TemporaryFolder();
        await using (var before = await WorkingCluster.StartAsync("1.9.12", data: folder.File("data")))
        {
            await before.Files.CreateRepoAsync("images");
            await before.Files.CommitFileAsync("images", "master", "/1.png", "one");
            await before.Files.CreatePipelineAsync("edges", "images");
            await before.FlushAsync("images");
        }

        await using var cluster = await WorkingCluster.StartAsync("1.9.12", data: folder.File("data"));
        await cluster.Files.CommitFileAsync("images", "master", "/2.png", "two");
        var job = Assert.Single(await cluster.FlushAsync("images"));

        Assert.Equal((2, 1, 1), (job.DataTotal, job.DataProcessed, job.DataSkipped));
    }

    [Fact]
    public async Task Output_that_was_open_when_a_cluster_stopped_is_finished_after_the_restart()
    {
        using var folder = new PachUp.Testing.TemporaryFolder();
        await using (var before = await WorkingCluster.StartAsync("1.8.8", runsPipelines: false, data: folder.File("data")))
        {
            await before.Files.CreateRepoAsync("images");
            await before.Files.CommitFileAsync("images", "master", "/1.png", "one");
            await before.Files.CreatePipelineAsync("edges", "images");
        }

        await using var cluster = await WorkingCluster.StartAsync("1.8.8", data: folder.File("data"));
        var job = Assert.Single(await cluster.FlushAsync("images"));

        Assert.Equal((JobState.JobSuccess, 1), (job.State, job.DataProcessed));
    }

    [Fact]
    public async Task Without_the_option_no_workers_run()
    {
        await using var pps = await Pps.PpsCluster.StartAsync("1.9.12");

        await pps.Api.CreatePipelineAsync(Pps.PpsCluster.Spec("edges"));

        Assert.Empty((await pps.Api.ListJobAsync(new ListJobRequest())).JobInfo);
        Assert.Null((await pps.HeadOfAsync("edges")).Finished);
    }

    private static async Task<WorkingCluster> StartWithServiceAsync()
    {
        var cluster = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await cluster.Files.CreatePipelineAsync("web", "images", more: spec =>
        {
            spec.Service = new Service { InternalPort = 80, ExternalPort = 31234 };
            spec.ParallelismSpec = new ParallelismSpec { Constant = 1 };
        });
        return cluster;
    }

    /// <summary>Waits for the running job of an output commit.</summary>
    private static async Task<Job> JobOfAsync(WorkingCluster cluster, Commit output)
    {
        IReadOnlyList<JobInfo> jobs;
        do
        {
            jobs = await cluster.JobsAsync(output.Repo.Name);
        }
        while (!jobs.Any(job => job.OutputCommit.Id == output.Id && job.State == JobState.JobRunning));

        return jobs.First(job => job.OutputCommit.Id == output.Id).Job;
    }

    private static Input Pfs(string repo) => new() { Pfs = new PFSInput { Repo = repo, Glob = "/*" } };

    /// <summary>Asks for the state of a pipeline, as a user does, until it is the expected one.</summary>
    private static async Task<PipelineState> StatesUntilAsync(WorkingCluster cluster, string pipeline, PipelineState expected)
    {
        PipelineState state;
        do
        {
            state = (await cluster.InspectAsync(pipeline)).State;
        }
        while (state != expected);

        return state;
    }
}

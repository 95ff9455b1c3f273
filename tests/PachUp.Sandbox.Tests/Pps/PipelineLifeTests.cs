using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Pps;

/// <summary>Changes of pipelines and jobs after their creation.</summary>
public sealed class PipelineLifeTests
{
    private static readonly Pipeline Edges = new() { Name = "edges" };

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.8")]
    [InlineData("1.9.12")]
    public async Task An_update_keeps_the_salt_unless_everything_is_to_be_computed_again(string release)
    {
        await using var pps = await StartWithEdgesAsync(release);
        var before = await pps.InspectAsync("edges");

        await pps.Api.CreatePipelineAsync(Update());
        var updated = await pps.InspectAsync("edges");
        await pps.Api.CreatePipelineAsync(Update(update => update.Reprocess = true));
        var reprocessed = await pps.InspectAsync("edges");

        Assert.Equal((before.Salt, 2ul), (updated.Salt, updated.Version));
        Assert.Equal(3ul, reprocessed.Version);
        Assert.NotEqual(before.Salt, reprocessed.Salt);
    }

    [Theory]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_stopped_pipeline_stays_stopped_through_an_update(string release)
    {
        await using var pps = await StartWithEdgesAsync(release);
        await pps.Api.StopPipelineAsync(new StopPipelineRequest { Pipeline = Edges });

        await pps.Api.CreatePipelineAsync(Update());

        Assert.True((await pps.InspectAsync("edges")).Stopped);
    }

    [Fact]
    public async Task Statistics_cannot_be_disabled_by_an_update()
    {
        await using var pps = await PpsCluster.StartAsync("1.9.12");
        var spec = PpsCluster.Spec("edges");
        spec.EnableStats = true;
        await pps.Api.CreatePipelineAsync(spec);

        Assert.Equal("pipeline edges update error: cannot disable stats", await pps.RefusalOfAsync(Update()));
    }

    [Fact]
    public async Task All_specs_that_a_pipeline_had_can_be_listed()
    {
        await using var pps = await StartWithEdgesAsync("1.9.12");
        await pps.Api.CreatePipelineAsync(Update(update => update.Description = "newer"));

        var infos = await pps.Api.ListPipelineAsync(new ListPipelineRequest { Pipeline = Edges, History = -1 });

        Assert.Equal([(2ul, "newer"), (1ul, "")], infos.PipelineInfo.Select(info => (info.Version, info.Description)));
    }

    [Fact]
    public async Task A_pipeline_can_be_inspected_with_an_earlier_spec()
    {
        await using var pps = await StartWithEdgesAsync("1.9.0");
        await pps.Api.CreatePipelineAsync(Update(update => update.Description = "newer"));

        Assert.Equal(1ul, (await pps.InspectAsync("edges^")).Version);
    }

    [Theory]
    [InlineData("1.8.7", "pipeline nosuch was not found: pachyderm/1.7.0/pachyderm_pfs/branches/__spec__/ nosuch not found")]
    [InlineData("1.9.12", null)]
    public async Task Deleting_a_missing_pipeline_fails_in_earlier_releases(string release, string? words)
    {
        await using var pps = await PpsCluster.StartAsync(release);

        var refusal = await Record.ExceptionAsync(async () => await DeleteAsync(pps, "nosuch"));

        Assert.Equal(words, (refusal as RpcException)?.Status.Detail);
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.9.12")]
    public async Task Deleting_a_pipeline_deletes_its_output_and_its_jobs(string release)
    {
        await using var pps = await StartWithEdgesAsync(release);
        await CreateJobAsync(pps);

        await DeleteAsync(pps, "edges");

        Assert.Empty((await pps.Api.ListPipelineAsync(new ListPipelineRequest())).PipelineInfo);
        Assert.Empty((await pps.Api.ListJobAsync(new ListJobRequest())).JobInfo);
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.12")]
    public async Task A_job_reads_the_commits_that_its_output_is_computed_from(string release)
    {
        await using var pps = await StartWithEdgesAsync(release);

        var job = await CreateJobAsync(pps);

        var info = await pps.Api.InspectJobAsync(new InspectJobRequest { Job = job });
        Assert.Equal("edges", info.Pipeline.Name);
        Assert.NotEmpty(info.Input.Pfs.Commit);
        Assert.Equal(1, (await pps.InspectAsync("edges")).JobCounts[(int)JobState.JobStarting]);
    }

    [Fact]
    public async Task Objects_stay_as_long_as_a_pipeline_runs()
    {
        await using var pps = await StartWithEdgesAsync("1.9.0");

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await pps.Api.GarbageCollectAsync(new GarbageCollectRequest()));

        Assert.Equal("all pipelines must be stopped to run garbage collection, pipeline: edges is not", refusal.Status.Detail);
    }

    private static async Task<PpsCluster> StartWithEdgesAsync(string release)
    {
        var pps = await PpsCluster.StartAsync(release);
        await pps.Api.CreatePipelineAsync(PpsCluster.Spec("edges"));
        return pps;
    }

    private static CreatePipelineRequest Update(Action<CreatePipelineRequest>? change = null)
    {
        var update = PpsCluster.Spec("edges");
        update.Update = true;
        change?.Invoke(update);
        return update;
    }

    private static async Task DeleteAsync(PpsCluster pps, string name) =>
        await pps.Api.DeletePipelineAsync(new DeletePipelineRequest { Pipeline = new Pipeline { Name = name } });

    private static async Task<Job> CreateJobAsync(PpsCluster pps)
    {
        var output = new Commit { Repo = new Repo { Name = "edges" }, Id = "master" };
        return await pps.Api.CreateJobAsync(new CreateJobRequest { Pipeline = Edges, OutputCommit = output });
    }
}

using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Rules;

/// <summary>The rules about single fields of pipelines: what they change, and that they leave other pipelines alone.</summary>
public class PipelineFieldTests
{
    public static TheoryData<IRule> Rules => [new AtomInputs(), new ServiceTypes(), new GpuRequests(), new IncrementalPipelines(), new RetiredFields(), new StoppedCronStarts()];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_plain_pipeline_is_left_as_it_is(IRule rule)
    {
        var source = Of(Clusters.Pipeline("edges", Clusters.Pfs("images")));

        var draft = rule.On(source);

        Assert.Same(source.Pipelines[0], draft.Carried.Pipelines[0]);
        Assert.Empty(draft.Changes);
    }

    [Fact]
    public void An_atom_input_becomes_a_pfs_input_however_deep_it_is()
    {
        var atom = new Input { Atom = new AtomInput { Name = "a", Repo = "images", Branch = "dev", Glob = "/*", Lazy = true } };

        var draft = new AtomInputs().On(Of(Clusters.Pipeline("edges", new Input { Cross = { atom, Clusters.Pfs("labels") } })));

        var input = InfoOf(draft).Input.Cross[0];
        Assert.Null(input.Atom);
        Assert.Equal(("a", "images", "dev", "/*", true), (input.Pfs.Name, input.Pfs.Repo, input.Pfs.Branch, input.Pfs.Glob, input.Pfs.Lazy));
        Assert.Equal(["Changed Pipeline edges: input \"a\": atom -> pfs"], draft.Said());
    }

    [Fact]
    public void A_service_without_a_type_becomes_a_node_port()
    {
        var web = Clusters.Pipeline("web", Clusters.Pfs("images"));
        web.Service = new Service { InternalPort = 80 };

        var draft = new ServiceTypes().On(Of(web));

        Assert.Equal("NodePort", InfoOf(draft).Service.Type);
        Assert.Equal(["Changed Pipeline web: service.type: none -> NodePort"], draft.Said());
    }

    [Fact]
    public void A_service_with_a_type_keeps_it()
    {
        var web = Clusters.Pipeline("web", Clusters.Pfs("images"));
        web.Service = new Service { Type = "LoadBalancer" };

        Assert.Empty(new ServiceTypes().On(Of(web)).Changes);
    }

    [Fact]
    public void A_number_of_GPUs_becomes_a_number_of_a_kind()
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        (edges.ResourceRequests, edges.ResourceLimits) = (new ResourceSpec { GpuUntil1714 = 1 }, new ResourceSpec { GpuUntil1714 = 2 });

        var draft = new GpuRequests().On(Of(edges), "1.8.8");

        Assert.Equal(new GPUSpec { Type = "nvidia.com/gpu", Number = 1 }, InfoOf(draft).ResourceRequests.Gpu);
        Assert.Equal(0, InfoOf(draft).ResourceLimits.GpuUntil1714);
        Assert.Equal(
            ["Changed Pipeline edges: resource_requests.gpu: 1 -> 1 of nvidia.com/gpu", "Changed Pipeline edges: resource_limits.gpu: 2 -> 2 of nvidia.com/gpu"],
            draft.Said());
    }

    [Fact]
    public void An_incremental_pipeline_is_incremental_no_more()
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.Incremental = true;

        var draft = new IncrementalPipelines().On(Of(edges), "1.8.8");

        Assert.False(InfoOf(draft).Incremental);
        Assert.Equal(["Changed Pipeline edges: incremental: true -> none"], draft.Said());
    }

    [Theory]
    [InlineData("1.9.0", true)]
    [InlineData("1.9.0-custom", true)]
    [InlineData("1.9.1", false)]
    [InlineData("1.9.12", false)]
    public void Batch_is_kept_by_the_only_release_that_has_it(string target, bool kept)
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.Batch = true;

        Assert.Equal(kept, InfoOf(new RetiredFields().On(Of(edges), target)).Batch);
    }

    [Fact]
    public void A_threshold_that_no_release_keeps_is_dropped_and_its_value_said()
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.ScaleDownThreshold = Duration.FromTimeSpan(TimeSpan.FromSeconds(90));

        var draft = new RetiredFields().On(Of(edges), "1.9.0");

        Assert.Null(InfoOf(draft).ScaleDownThreshold);
        Assert.Equal(["Changed Pipeline edges: scale_down_threshold: 90 s -> none"], draft.Said());
    }

    [Fact]
    public void A_stopped_pipeline_with_a_cron_input_starts_so_late_that_no_tick_comes()
    {
        var ticker = Clusters.Pipeline("ticker", Clusters.Cron("ticker"));
        ticker.Stopped = true;

        var draft = new StoppedCronStarts().On(Of(ticker));

        Assert.Equal(2200, InfoOf(draft).Input.Cron.Start.ToDateTime().Year);
        Assert.Equal(["Changed Pipeline ticker: start of cron input \"tick\": 2019-05-01T12:00:00Z -> 2200-01-01T00:00:00Z"], draft.Said());
    }

    [Fact]
    public void A_running_pipeline_with_a_cron_input_keeps_its_start() =>
        Assert.Empty(new StoppedCronStarts().On(Of(Clusters.Pipeline("ticker", Clusters.Cron("ticker")))).Changes);

    [Fact]
    public void The_source_is_never_changed()
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.Incremental = true;

        new IncrementalPipelines().On(Of(edges), "1.8.8");

        Assert.True(edges.Incremental);
    }

    private static ClusterInventory Of(PipelineInfo pipeline) => Clusters.Of(Clusters.Repo("images")).Running(pipeline);

    private static PipelineInfo InfoOf(Draft draft) => Assert.Single(draft.Carried.Pipelines).Info;
}

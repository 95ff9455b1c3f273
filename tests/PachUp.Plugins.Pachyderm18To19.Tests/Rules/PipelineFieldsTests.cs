using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class PipelineFieldsTests
{
    private static readonly ClusterInventory Images = Clusters.Of(Repo("images"));

    [Fact]
    public async Task Fields_that_the_stream_lacks_come_from_the_inventory()
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        pipeline.Salt = "old salt";
        pipeline.Standby = true;
        pipeline.DatumTries = 7;
        pipeline.SchedulingSpec = new SchedulingSpec { PriorityClassName = "high" };
        pipeline.PodSpec = "{}";
        pipeline.PodPatch = "[]";
        pipeline.HashtreeSpec = new HashtreeSpec { Constant = 3 };
        var source = Images.Running(pipeline);

        var request = await FirstPipelineAsync(source, [Streams.Pipeline("edges")]);

        Assert.Equal(PipelineSpecs.ToRequest(pipeline), request);
        Assert.Equal("old salt", request.Salt);
        Assert.False(request.Update);
        Assert.False(request.Reprocess);
    }

    [Fact]
    public async Task An_atom_input_becomes_a_pfs_input_however_deep_it_is()
    {
        var atom = new Input { Atom = new AtomInput { Name = "a", Repo = "images", Branch = "master", Glob = "/*", Lazy = true, EmptyFiles = true, Commit = "c" } };
        var source = Images.Running(Pipeline("edges", Pfs("images"), new Input { Union = { atom, Pfs("images") } }));

        var request = await FirstPipelineAsync(source, []);

        var pfs = request.Input.Cross[1].Union[0];
        Assert.Null(pfs.Atom);
        Assert.Equal(new PFSInput { Name = "a", Repo = "images", Branch = "master", Glob = "/*", Lazy = true, EmptyFiles = true, Commit = "c" }, pfs.Pfs);
        Assert.Equal(["Changed Pipeline edges: input \"a\": atom -> pfs (pfs is the new name of atom inputs)"], source.PredictTarget().Said("atom-input"));
        Assert.NotNull(atom.Atom);
    }

    [Fact]
    public void A_service_states_its_type_and_leaves_its_address_to_Kubernetes()
    {
        var pipeline = Pipeline("web", Pfs("images"));
        pipeline.Service = new Service { InternalPort = 80, Ip = "10.0.0.1" };

        var expectedTarget = Images.Running(pipeline).PredictTarget();

        Assert.Equal(new Service { InternalPort = 80, Type = "NodePort" }, PipelineSpecs.ToRequest(expectedTarget.Inventory.Pipelines[0].Info).Service);
        Assert.Equal(
            ["Changed Pipeline web: service.type: none -> NodePort (1.9 stores the type of a service, and earlier releases deploy NodePort)"],
            expectedTarget.Said("service-type"));
    }

    [Theory]
    [InlineData("1.9.0", true)]
    [InlineData("1.9.12", false)]
    public void Batch_is_kept_by_1_9_0_alone(string target, bool kept)
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        pipeline.Batch = true;

        var expectedTarget = Images.Running(pipeline).PredictTarget(Release.Parse(target));

        Assert.Equal(kept, expectedTarget.Inventory.Pipelines[0].Info.Batch);
        Assert.Equal(kept ? [] : ["Changed Pipeline edges: batch: true -> none (Pachyderm removed this field)"], expectedTarget.Said("retired-field"));
    }

    [Fact]
    public void No_1_9_keeps_a_scale_down_threshold()
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        pipeline.ScaleDownThreshold = Duration.FromTimeSpan(TimeSpan.FromMinutes(1));

        var expectedTarget = Images.Running(pipeline).PredictTarget();

        Assert.Null(expectedTarget.Inventory.Pipelines[0].Info.ScaleDownThreshold);
        Assert.Equal(["Changed Pipeline edges: scale_down_threshold: 60 s -> none (Pachyderm removed this field)"], expectedTarget.Said("retired-field"));
    }

    [Fact]
    public void The_inventory_of_the_source_stays_as_it_is()
    {
        var pipeline = Pipeline("web", new Input { Atom = new AtomInput { Name = "a", Repo = "images", Branch = "x.y" } });
        pipeline.Service = new Service();
        var before = pipeline.Clone();

        Images.Running(pipeline).PredictTarget();

        Assert.Equal(before, pipeline);
    }

    private static async Task<CreatePipelineRequest> FirstPipelineAsync(ClusterInventory source, IEnumerable<Operation> stream)
    {
        var rewritten = new Route18To19().CreateRewriter(source, V1_9_0).RewriteAsync(stream.ToAsyncEnumerable());
        return (await rewritten.FirstAsync(operation => operation.Kind == OperationKind.Pipeline)).AsPipeline();
    }
}

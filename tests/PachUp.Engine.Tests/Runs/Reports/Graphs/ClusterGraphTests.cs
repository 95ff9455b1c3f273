using PachUp.Engine.Runs.Reports.Graphs;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Tests.Runs.Reports.Graphs;

public class ClusterGraphTests
{
    private static readonly ClusterInventory Source = new()
    {
        Release = new Release(1, 8, 7),
        ClusterId = "0f3a",
        Repos =
        [
            new RepoInventory { Name = "edges", Branches = [new BranchInventory { Name = "master" }] },
            new RepoInventory { Name = "images" },
            new RepoInventory { Name = "merged", Branches = [new BranchInventory { Name = "master", DirectProvenance = [new BranchName("images", "master"), new BranchName("__spec__", "edges")] }] },
        ],
        Pipelines =
        [
            new PipelineInventory { Name = "edges", Stopped = true, Info = new PipelineInfo { Input = new Input { Pfs = new PFSInput { Repo = "images", Branch = "master" } } } },
        ],
    };

    private static readonly VerificationReport NothingLost = new() { Counts = [] };

    [Fact]
    public void A_pipeline_and_its_output_repo_are_one_node()
    {
        var graph = GraphOf(NothingLost);

        Assert.Equal([("edges", true), ("images", false), ("merged", false)], graph.Nodes.Select(node => (node.Name, node.IsPipeline)));
    }

    [Fact]
    public void Edges_come_from_the_spec_of_a_stopped_pipeline_and_from_the_provenance_of_branches() =>
        Assert.Equal([new GraphEdge(1, 0), new GraphEdge(1, 2)], [.. GraphOf(NothingLost).Edges]);

    [Fact]
    public void Without_a_verification_no_node_is_said_to_have_arrived() =>
        Assert.All(GraphOf(null, Change(ChangeKind.LeftOut, ItemKind.Repo, "images")).Nodes, node => Assert.Equal(NodeFate.NotVerified, node.Fate));

    [Theory]
    [InlineData(ChangeKind.LeftOut, ItemKind.Repo, "images", NodeFate.LeftOut, "1 repo left out")]
    [InlineData(ChangeKind.LeftOut, ItemKind.Commit, "images@2c98", NodeFate.Changed, "1 commit left out")]
    [InlineData(ChangeKind.Renamed, ItemKind.Branch, "images@feat.x", NodeFate.Changed, "1 branch renamed")]
    [InlineData(ChangeKind.Recomputed, ItemKind.Repo, "images", NodeFate.Recomputed, "1 repo computed again")]
    [InlineData(ChangeKind.Kept, ItemKind.Repo, "images", NodeFate.Arrived, "1 repo kept")]
    public void What_the_plan_announced_is_the_fate_of_its_node(ChangeKind kind, ItemKind item, string name, NodeFate fate, string note)
    {
        var node = GraphOf(NothingLost, Change(kind, item, name)).Nodes[1];

        Assert.Equal((fate, note), (node.Fate, Assert.Single(node.Notes)));
    }

    [Fact]
    public void A_loss_is_worse_than_everything_that_was_announced()
    {
        var report = NothingLost with
        {
            Lost = [new InventoryItem(ItemKind.File, "images@master:/a.png"), new InventoryItem(ItemKind.Object, "edges")],
            Changed = [new InventoryItem(ItemKind.Pipeline, "edges", "transform")],
        };

        var graph = GraphOf(report, Change(ChangeKind.Recomputed, ItemKind.Repo, "edges"), Change(ChangeKind.LeftOut, ItemKind.Repo, "images"));

        Assert.Equal([NodeFate.Different, NodeFate.Lost, NodeFate.Arrived], graph.Nodes.Select(node => node.Fate));
        Assert.Equal(["1 file lost", "1 repo left out"], [.. graph.Nodes[1].Notes]);
    }

    private static ClusterGraph GraphOf(VerificationReport? report, params AnnouncedChange[] changes) => ClusterGraph.Of(Source, new NodeFates(changes, report, afterWork: null));

    private static AnnouncedChange Change(ChangeKind kind, ItemKind item, string name) => new(kind, new InventoryItem(item, name), "rule", "reason");
}

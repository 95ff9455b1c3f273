using System.Text;
using PachUp.Pachyderm.Inventories;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Inventories;

public class InventoryDifferenceTests
{
    private static ClusterInventory Small => InventorySamples.Small;

    [Fact]
    public void An_inventory_does_not_differ_from_itself()
    {
        var difference = InventoryDifference.Between(Small, Small);

        Assert.True(difference.IsEmpty);
        Snapshot.Match(Describe(difference));
    }

    [Fact]
    public void Every_kind_of_change_is_named_with_the_old_and_the_new_value()
    {
        var images = InventorySamples.Images;
        var changed = Small with
        {
            Repos =
            [
                images with
                {
                    Description = "other",
                    SizeBytes = 31, // does not count
                    Branches =
                    [
                        images.Branches[0] with { DirectProvenance = [] },
                        images.Branches[1] with { Head = "ffffffffffff4000a000000000000001" },
                    ],
                    Commits =
                    [
                        images.Commits[0] with { Tree = new string('9', 128), Parent = "ffffffffffff4000a000000000000001", Finished = null },
                        images.Commits[1] with { SizeBytes = 12, Trees = [] },
                    ],
                },
                Small.Repos[1],
            ],
            Pipelines = [InventorySamples.Edges with { Stopped = false, Info = ChangedPipeline() }],
            Probes = [Small.Probes[0] with { SizeBytes = 4, Sha256 = new string('b', 64) }],
        };

        var difference = InventoryDifference.Between(Small, changed);

        Assert.False(difference.IsComplete);
        Snapshot.Match(Describe(difference));
    }

    [Fact]
    public void Everything_is_lost_if_the_other_inventory_is_empty()
    {
        var nothing = new ClusterInventory { Release = Small.Release, ClusterId = "c2", Objects = 60, Tags = 0 };

        var difference = InventoryDifference.Between(Small, nothing);

        Assert.False(difference.IsComplete);
        Snapshot.Match(Describe(difference));
    }

    [Fact]
    public void Unexpected_items_are_added_and_not_lost()
    {
        var nothing = new ClusterInventory { Release = Small.Release, ClusterId = "c2", Objects = 60, Tags = 0 };

        var difference = InventoryDifference.Between(nothing, Small);

        Assert.True(difference.IsComplete);
        Assert.False(difference.IsEmpty);
        Snapshot.Match(Describe(difference));
    }

    [Fact]
    public void Times_descriptions_of_commits_and_the_cluster_are_not_compared()
    {
        var images = InventorySamples.Images;
        var other = Small with
        {
            Release = new Release(1, 9, 0),
            ClusterId = "c2",
            Repos =
            [
                images with
                {
                    Created = null,
                    Commits = [.. images.Commits.Select(commit => commit with { Started = null, Description = "", Branch = null, Provenance = [] })],
                },
                Small.Repos[1],
            ],
        };

        Assert.True(InventoryDifference.Between(Small, other).IsEmpty);
    }

    [Fact]
    public void Sizes_are_not_compared_if_the_options_exclude_them()
    {
        var images = InventorySamples.Images;
        var other = Small with
        {
            Repos = [images with { SizeBytes = 0, Commits = [.. images.Commits.Select(commit => commit with { SizeBytes = 0 })] }, Small.Repos[1]],
        };

        Assert.True(InventoryDifference.Between(Small, other, new ComparisonOptions { CommitSizes = false }).IsEmpty);
        Assert.Equal([ItemKind.Commit], InventoryDifference.Between(Small, other).Changed.Select(item => item.Kind));
    }

    [Fact]
    public void Stopped_pipelines_are_not_compared_if_the_options_exclude_it()
    {
        var running = Small with { Pipelines = [InventorySamples.Edges with { Stopped = false }] };

        Assert.True(InventoryDifference.Between(Small, running, new ComparisonOptions { Stopped = false }).IsEmpty);
        Assert.Single(InventoryDifference.Between(Small, running).Changed);
    }

    [Theory]
    [InlineData(null, 67L)]
    [InlineData(67L, null)]
    public void Objects_that_one_side_did_not_count_are_not_compared(long? before, long? after)
    {
        var difference = InventoryDifference.Between(Small with { Objects = before }, Small with { Objects = after });

        Assert.True(difference.IsEmpty);
        Assert.DoesNotContain(difference.Counts, count => count.Kind == ItemKind.Object);
    }

    [Fact]
    public void Additional_objects_are_not_a_loss()
    {
        var difference = InventoryDifference.Between(Small, Small with { Objects = 70 });

        Assert.True(difference.IsEmpty);
        Assert.Contains(new KindCount(ItemKind.Object, 67, 67), difference.Counts);
    }

    private static Wire.Pps.PipelineInfo ChangedPipeline()
    {
        var info = InventorySamples.Edges.Info.Clone();
        info.DatumTries = 3;
        info.Standby = false;
        info.Transform.Image = "opencv:2";
        info.Transform.Cmd.Add("--fast");
        info.Input.Pfs.Glob = new string('/', 200);
        info.JobTimeout = new Google.Protobuf.WellKnownTypes.Duration { Seconds = 90 };
        info.ResourceRequests = null;
        return info;
    }

    private static string Describe(InventoryDifference difference)
    {
        var text = new StringBuilder();
        AppendAll("", difference.Counts.Select(count => $"{count.Kind}: {count.Kept} of {count.Expected}"));
        AppendAll("lost: ", difference.Lost.Select(item => item.ToString()));
        AppendAll("changed: ", difference.Changed.Select(item => item.ToString()));
        AppendAll("added: ", difference.Added.Select(item => item.ToString()));
        return text.ToString();

        void AppendAll(string prefix, IEnumerable<string> lines) => text.AppendJoin("", lines.Select(line => $"{prefix}{line}\n"));
    }

    [Theory]
    [InlineData("edges", "pipeline edges")]
    [InlineData(InventoryItem.AllPipelines, "all pipelines")]
    public void AnItemIsNamedWithItsKind_ButForAllPipelinesTogether(string name, string title) =>
        Assert.Equal(title, new InventoryItem(ItemKind.Pipeline, name).Describe());
}

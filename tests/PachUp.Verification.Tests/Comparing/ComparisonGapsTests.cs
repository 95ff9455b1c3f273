using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Comparing;

namespace PachUp.Verification.Tests.Comparing;

/// <summary>What one of two places cannot say is left out of the comparison and said.</summary>
public class ComparisonGapsTests
{
    private static readonly ClusterInventory Cluster = Clusters
        .Of(Clusters.Repo("edges"), Clusters.Repo("images", Clusters.Commit("a")).With(Clusters.Branch("master", "a")))
        .Running(Clusters.Pipeline("edges", Clusters.Pfs("images")));

    private static readonly ComparedInventory Live = new(Cluster) { Access = new ObjectAccess(ObjectAccessKind.Open) };
    private static readonly ComparedInventory Archive = new(Cluster) { IsArchive = true };

    [Fact]
    public void Two_clusters_that_answer_have_no_gaps()
    {
        var gaps = new ComparisonGaps(Live, Live);

        Assert.Empty(gaps.Sentences);
        Assert.Equal(new ComparisonOptions(), gaps.Narrow(new ExpectedTarget { Inventory = Cluster }).Comparison);
    }

    [Fact]
    public void An_archive_of_an_early_release_says_neither_states_nor_sizes_nor_output()
    {
        var gaps = new ComparisonGaps(Archive, Live);

        Assert.Equal(
            [
                "Whether pipelines are stopped: an archive does not tell this.",
                "Sizes of commits, and whether commits are open: archives of releases before 1.9.6 do not tell this.",
                "Fields of pipelines that the archive does not contain: extracts before 1.9.6 leave some out.",
                "The output of 1 pipeline: extracts before 1.9.6 leave it out.",
            ],
            gaps.Sentences.AsEnumerable());
        var narrowed = gaps.Narrow(new ExpectedTarget { Inventory = Cluster });
        Assert.Equal(new ComparisonOptions { Stopped = false, CommitSizes = false, CommitStates = false }, narrowed.Comparison);
        Assert.Equal(["edges"], narrowed.RecomputedRepos);
    }

    [Fact]
    public void An_archive_from_1_9_6_on_is_whole_but_for_what_is_stopped()
    {
        var whole = new ComparedInventory(Cluster with { Release = new Release(1, 9, 12) });

        Assert.Equal(["Whether pipelines are stopped: an archive does not tell this."], new ComparisonGaps(whole with { IsArchive = true }, whole).Sentences.AsEnumerable());
    }

    [Fact]
    public void A_cluster_that_keeps_its_objects_closed_says_how_to_reach_them()
    {
        var closed = Live with { Access = new ObjectAccess(ObjectAccessKind.None, "no peer port given") };
        var gaps = new ComparisonGaps(Live, closed);

        Assert.True(gaps.HasClosedObjects);
        Assert.Equal(
            ["Objects and tags of the target: closed (no peer port given) (--target-peer). PachUp reads files instead."], gaps.Sentences.AsEnumerable());
    }

    [Fact]
    public void Objects_that_only_one_side_counted_are_a_gap()
    {
        var counted = Live with { Inventory = Cluster with { Objects = 5 } };

        Assert.Equal(["Objects and tags: one side contains only metadata, or did not count them."], new ComparisonGaps(counted, Live).Sentences.AsEnumerable());
    }

    [Fact]
    public void Fields_that_an_archive_leaves_out_are_taken_from_the_other_side()
    {
        var full = WithTries(7);

        var narrowed = new ComparisonGaps(Archive, new ComparedInventory(full)).Narrow(new ExpectedTarget { Inventory = Cluster });
        var widened = new ComparisonGaps(new ComparedInventory(full), Archive).Widen(Cluster, full);

        Assert.Equal(7, narrowed.Inventory.FindPipeline("edges")!.Info.DatumTries);
        Assert.Equal(7, widened.FindPipeline("edges")!.Info.DatumTries);
    }

    [Fact]
    public void Two_archives_are_compared_as_they_are()
    {
        var gaps = new ComparisonGaps(Archive, Archive);

        Assert.Same(Cluster, gaps.Widen(Cluster, WithTries(7)));
        Assert.DoesNotContain(gaps.Sentences, sentence => sentence.StartsWith("Fields of pipelines", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_an_archive_alone_neither_sizes_nor_states_of_commits_are_expected()
    {
        var expectedTarget = ComparisonGaps.OfArchiveAlone(new ExpectedTarget { Inventory = Cluster }, WithTries(7));

        Assert.Equal(new ComparisonOptions { CommitSizes = false, CommitStates = false }, expectedTarget.Comparison);
        Assert.Equal(7, expectedTarget.Inventory.FindPipeline("edges")!.Info.DatumTries);
    }

    private static ClusterInventory WithTries(long tries)
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.DatumTries = tries;
        return (Cluster with { Pipelines = [] }).Running(edges);
    }
}

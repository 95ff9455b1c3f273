using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;
using PachUp.Verification.AfterWork;

namespace PachUp.Verification.Tests.AfterWork;

public class OutputMatchTests
{
    private static readonly PipelineInfo Edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));

    [Fact]
    public void The_commit_that_was_computed_from_the_same_inputs_is_found_although_it_has_another_id()
    {
        var source = ClusterOf(Clusters.Commit("e1").From("images", "i1", "master"));
        var target = ClusterOf(Clusters.Commit("f1").From("images", "i1", "master"));

        var match = OutputMatch.Find(Assert.Single(OutputHead.Of(source)), target);

        Assert.Equal((Clusters.Id("f1"), false, true, null), (match.Commit, match.IsOpen, match.HasFiles, match.Obstacle));
    }

    [Fact]
    public void The_head_is_taken_where_several_commits_have_the_same_inputs()
    {
        var source = ClusterOf(Clusters.Commit("e1").From("images", "i1", "master"));
        var older = Clusters.Commit("g1").From("images", "i1", "master") with { Started = DateTimeOffset.MaxValue };
        var target = ClusterOf(Clusters.Open("f1").From("images", "i1", "master"), older);

        var match = OutputMatch.Find(OutputHead.Of(source)[0], target);

        Assert.Equal((Clusters.Id("f1"), true), (match.Commit, match.IsWaitedFor));
    }

    [Fact]
    public void An_older_commit_is_compared_where_newer_data_came_in()
    {
        var source = ClusterOf(Clusters.Commit("e1").From("images", "i1", "master"));
        var target = ClusterOf(Clusters.Open("f2").From("images", "i2", "master"), Clusters.Commit("f1").From("images", "i1", "master"));

        Assert.Equal(Clusters.Id("f1"), OutputMatch.Find(OutputHead.Of(source)[0], target).Commit);
    }

    [Fact]
    public void Without_output_of_the_same_inputs_newer_inputs_are_a_reason_and_the_same_ones_are_none()
    {
        var head = OutputHead.Of(ClusterOf(Clusters.Commit("e1").From("images", "i1", "master")))[0];
        var moved = ClusterOf("i2", Clusters.Commit("f2").From("images", "i2", "master"));
        var missing = ClusterOf("i1");

        var (byNewData, withoutReason) = (OutputMatch.Find(head, moved).Obstacle!, OutputMatch.Find(head, missing).Obstacle!);

        Assert.True(byNewData.IsHarmless);
        Assert.Contains($"images@{Clusters.Id("i1")} is no head any more", byNewData.Why, StringComparison.Ordinal);
        Assert.False(withoutReason.IsHarmless);
    }

    [Fact]
    public void Statistics_are_a_head_of_their_own_and_match_statistics()
    {
        var withStats = Edges.Clone();
        withStats.EnableStats = true;
        RepoInventory Repo(string output, string stats) => Clusters
            .Repo(
                "edges",
                Clusters.Commit(output).From("images", "i1", "master"),
                Clusters.Commit(stats).From("edges", output, "master").From("images", "i1", "master"))
            .With(Clusters.Branch("master", output), Clusters.Branch("stats", stats));
        var source = Clusters.Of(Repo("e1", "e5")).Running(withStats);
        var target = Clusters.Of(Repo("f1", "f5")).Running(withStats);

        var matches = OutputHead.Of(source).Select(head => OutputMatch.Find(head, target)).ToList();

        Assert.Equal(
            [(OutputKind.Files, Clusters.Id("f1")), (OutputKind.Stats, Clusters.Id("f5"))],
            matches.Select(match => (match.Head.Kind, match.Commit!)));
    }

    [Fact]
    public void A_head_that_is_open_on_the_source_stands_for_its_newest_finished_parent()
    {
        var source = ClusterOf(Clusters.Open("e2", "e1").From("images", "i2", "master"), Clusters.Commit("e1").From("images", "i1", "master"));

        Assert.Equal(Clusters.Id("e1"), Assert.Single(OutputHead.Of(source)).Commit);
    }

    [Fact]
    public void The_output_of_a_failed_job_has_no_list_of_files()
    {
        var failed = Clusters.Commit("e1").From("images", "i1", "master") with { Tree = null, SizeBytes = 0 };

        Assert.False(Assert.Single(OutputHead.Of(ClusterOf(failed))).HasFiles);
    }

    [Fact]
    public void What_a_spout_brings_in_is_not_compared()
    {
        var spout = Edges.Clone();
        spout.Spout = new Spout();
        var repo = Clusters.Repo("edges", Clusters.Commit("e1")).With(Clusters.Branch("master", "e1"));

        var match = OutputMatch.Find(Assert.Single(OutputHead.Of(Clusters.Of(repo).Running(spout))), Clusters.Of(repo).Running(spout));

        Assert.True(match.Obstacle!.IsHarmless);
    }

    private static ClusterInventory ClusterOf(params CommitInventory[] outputs) => ClusterOf("i1", outputs);

    /// <summary>A repo <c>images</c> with one head, and the output repo of <c>edges</c>, whose head is the first of some commits.</summary>
    private static ClusterInventory ClusterOf(string input, params CommitInventory[] outputs)
    {
        var edges = new RepoInventory { Name = "edges", Commits = [.. outputs.OrderBy(commit => commit.Id, StringComparer.Ordinal)] };
        return Clusters.Of(
                edges with { Branches = [new BranchInventory { Name = "master", Head = outputs.FirstOrDefault()?.Id }] },
                Clusters.Repo("images", Clusters.Commit(input)).With(Clusters.Branch("master", input)))
            .Running(Edges);
    }
}

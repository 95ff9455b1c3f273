using PachUp.Pachyderm.Inventories;
using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

/// <summary>Branches with provenance that are no pipeline's output: extract drops their repos.</summary>
public class DerivedBranchesTests
{
    private static readonly RepoInventory Labels = Repo("labels", Commit("a1")).With(Branch("master", "a1"));

    [Fact]
    public async Task A_repo_that_the_stream_lacks_is_added_where_it_belongs()
    {
        var derived = Repo("derived", Commit("d1").From("labels", "a1", "master")).With(Branch("master", "d1").From("labels", "master")) with { Description = "by hand" };
        var source = Clusters.Of(derived, Labels).Running(Pipeline("edges", Pfs("labels")));

        var stream = await source.RewriteAsync([Streams.Repo("labels"), Streams.Pipeline("edges"), Streams.Commit("labels", "a1"), Streams.Branch("labels", "master", "a1")]);

        Assert.Equal(
            """
            1.9 repo labels
            1.9 repo derived "by hand"
            1.9 pipeline
            1.9 commit labels@a1000000, on master, tree tree-a1
            1.9 branch labels@master, head a1000000
            1.9 commit derived@d1000000, tree tree-d1, from labels@a1000000 on master
            1.9 branch derived@master, head d1000000
            1.9 branch derived@master, head master, from labels@master

            """,
            System.Text.RegularExpressions.Regex.Replace(stream, "pipeline .*", "pipeline"));
    }

    [Fact]
    public void Its_head_stays_when_it_is_computed_from_the_heads_of_its_provenance()
    {
        var derived = Repo("derived", Commit("d1").From("labels", "a1", "master")).With(Branch("master", "d1").From("labels", "master"));

        var expectedTarget = Clusters.Of(derived, Labels).PredictTarget();

        Assert.Empty(expectedTarget.RecomputedRepos);
        Assert.Equal(Id("d1"), expectedTarget.Inventory.FindRepo("derived")!.FindBranch("master")!.Head);
        Assert.Equal(new BranchName("labels", "master"), Assert.Single(expectedTarget.Inventory.FindRepo("derived")!.FindBranch("master")!.DirectProvenance));
    }

    [Fact]
    public void The_target_opens_a_new_head_when_the_old_one_is_left_out()
    {
        var derived = Repo("derived", Open("d1").From("labels", "a1", "master")).With(Branch("master", "d1").From("labels", "master"));

        var expectedTarget = Clusters.Of(derived, Labels).PredictTarget();

        Assert.Equal(["derived"], expectedTarget.RecomputedRepos);
        Assert.Equal(
            ["Recomputed Branch derived@master: (its head is not computed from the heads that its provenance has on the target, so the target opens a new commit on it)"],
            expectedTarget.Said("derived-head"));
    }

    [Fact]
    public async Task Commits_of_a_branch_with_a_new_head_are_carried_all_the_same()
    {
        var derived = Repo("derived", Commit("d1").From("labels", "a1", "master"), Open("d2", "d1").From("labels", "a2", "master")).With(Branch("master", "d2").From("labels", "master"));
        var labels = Repo("labels", Commit("a1"), Commit("a2", "a1")).With(Branch("master", "a2"));

        var stream = await Clusters.Of(derived, labels).RewriteAsync([]);

        Assert.Contains("1.9 commit derived@d1000000, tree tree-d1, from labels@a1000000 on master\n", stream, StringComparison.Ordinal);
        Assert.Contains("1.9 branch derived@master, head d1000000\n", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branches_get_their_provenance_upstream_first()
    {
        var second = Repo("a-second", Commit("e1").From("labels", "a1", "master").From("first", "d1", "master")).With(Branch("master", "e1").From("labels", "master").From("first", "master"));
        var first = Repo("first", Commit("d1").From("labels", "a1", "master")).With(Branch("master", "d1").From("labels", "master"));

        var stream = await Clusters.Of(second, first, Labels).RewriteAsync([]);

        Assert.EndsWith(
            "1.9 branch first@master, head master, from labels@master\n1.9 branch a-second@master, head master, from first@master labels@master\n", stream, StringComparison.Ordinal);
        Assert.True(stream.IndexOf("commit first@", StringComparison.Ordinal) < stream.IndexOf("commit a-second@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provenance_that_names_a_commit_which_is_not_carried_is_dropped_and_named()
    {
        var derived = Repo("derived", Commit("d1").From("labels", "a1", "master").From("edges", "e1", "master").From(BranchName.SpecRepo, "f1", "edges")).With(Branch("master", "d1"));
        var edges = Repo("edges", Commit("e1").From("labels", "a1", "master")).With(Branch("master", "e1"));
        var source = Clusters.Of(derived, edges, Labels).Running(Pipeline("edges", Pfs("labels")));

        var stream = await source.RewriteAsync([]);

        Assert.Contains("1.9 commit derived@d1000000, tree tree-d1, from labels@a1000000 on master\n", stream, StringComparison.Ordinal);
        Assert.Equal(
            [$"Changed Commit derived@{Id("d1")}: provenance edges@{Id("e1")} dropped (the target does not have those commits under these ids)"],
            source.PredictTarget().Said("commit-provenance"));
    }

    [Fact]
    public void Provenance_without_a_branch_gets_the_one_that_its_own_branch_names()
    {
        var derived = Repo("derived", Commit("d1").From("labels", "a1", "")).With(Branch("master", "d1").From("labels", "dev"));
        var labels = Repo("labels", Commit("a1")).With(Branch("dev", "a1"));

        var expectedTarget = Clusters.Of(derived, labels).PredictTarget();

        Assert.Equal("dev", Assert.Single(expectedTarget.Inventory.FindRepo("derived")!.Commits[0].Provenance).Branch);
    }
}

using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

/// <summary>What no stream of these releases has a field for.</summary>
public class UncarriedThingsTests
{
    [Fact]
    public void Descriptions_of_commits_are_named_one_by_one()
    {
        var source = Clusters.Of(Repo("images", Commit("a1") with { Description = "first images" }, Commit("a2")));

        var expectedTarget = source.PredictTarget();

        Assert.Equal([$"Changed Commit images@{Id("a1")}: description \"first images\" -> none (the operations of 1.9 have no field for it)"], expectedTarget.Said("commit-description"));
        Assert.All(expectedTarget.Inventory.Repos[0].Commits, commit => Assert.Empty(commit.Description));
    }

    [Fact]
    public void Times_are_named_repo_by_repo()
    {
        var said = Clusters.Of(Repo("images", Commit("a1"), Commit("a2")), Repo("vacant")).PredictTarget().Said("times");

        Assert.Equal(
            [
                "Changed Repo images: creation time, started and finished times of 2 commits (the operations of 1.9 have no fields for times: they become the time of the restore)",
                "Changed Repo vacant: creation time (the operations of 1.9 have no fields for times: they become the time of the restore)",
            ],
            said);
    }

    [Fact]
    public void What_a_pipeline_was_before_is_named_pipeline_by_pipeline()
    {
        var updated = Pipeline("montage", Pfs("images"));
        updated.Version = 3;
        var source = Clusters.Of(Repo("images")).Running(Pipeline("edges", Pfs("images")), updated);

        Assert.Equal(
            [
                "Changed Pipeline edges: creation time (the target creates every pipeline again from its current spec)",
                "Changed Pipeline montage: version 3 -> 1, creation time, 2 earlier specs left out (the target creates every pipeline again from its current spec)",
            ],
            source.PredictTarget().Said("pipeline-history"));
    }

    [Fact]
    public void Jobs_are_named_once()
    {
        var source = Clusters.Of(Repo("images")).Running(Pipeline("edges", Pfs("images")), Pipeline("montage", Pfs("images")));

        Assert.Equal(["LeftOut Pipeline all pipelines: their jobs and logs (the stream of 1.8 contains no jobs; the target makes new jobs for what it computes)"], source.PredictTarget().Said("jobs"));
        Assert.Empty(Clusters.Of(Repo("images")).PredictTarget().Said("jobs"));
    }
}

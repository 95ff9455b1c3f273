using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class OutputReposTests
{
    private static readonly RepoInventory Images = Repo("images", Commit("a1")).With(Branch("master", "a1"));

    private static readonly RepoInventory Edges = new()
    {
        Name = "edges",
        Description = "what edges found",
        SizeBytes = 7,
        Commits = [Commit("e1").From("images", "a1", "master"), Open("e2", "e1").From("images", "a1", "master")],
        Branches = [Branch("master", "e2").From("images", "master")],
    };

    [Fact]
    public void The_output_of_a_pipeline_is_left_to_the_target()
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        pipeline.Salt = "salt";

        var expectedTarget = Clusters.Of(Edges, Images).Running(pipeline).PredictTarget();

        var edges = expectedTarget.Inventory.FindRepo("edges")!;
        Assert.Equal(["edges"], expectedTarget.RecomputedRepos);
        Assert.Empty(edges.Commits);
        Assert.Empty(edges.Branches);
        Assert.Equal("what edges found", edges.Description);
        Assert.Equal(
            ["Recomputed Repo edges: 1 finished commit on master, 7 bytes (it is the output of pipeline \"edges\": the target computes it, without processing datums again that were already processed)"],
            expectedTarget.Said("output-repo"));
        Assert.Equal([$"Recomputed Commit edges@{Id("e2")}: (it is open; pipeline \"edges\" starts it again on the target)"], expectedTarget.Said("open-commit"));
    }

    [Fact]
    public void The_output_of_a_stopped_pipeline_is_told_by_its_name()
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        pipeline.Stopped = true;
        var withoutProvenance = Edges.With(Branch("master", "e2"));

        var expectedTarget = Clusters.Of(withoutProvenance, Images).Running(pipeline).PredictTarget();

        Assert.Empty(expectedTarget.Inventory.FindRepo("edges")!.Commits);
        Assert.Equal(
            ["Recomputed Repo edges: 1 finished commit on master, 7 bytes (it is the output of pipeline \"edges\", which is stopped: the target computes it when you start the pipeline)"],
            expectedTarget.Said("output-repo"));
    }

    [Fact]
    public async Task Its_repo_is_sent_with_its_description_and_its_commits_and_branches_are_not()
    {
        var source = Clusters.Of(Edges, Images).Running(Pipeline("edges", Pfs("images")));

        var stream = await source.RewriteAsync(
            [Streams.Repo("edges"), Streams.Repo("images"), Streams.Pipeline("edges"), Streams.Commit("edges", "e1"), Streams.Branch("edges", "master", "e1")]);

        Assert.Contains("1.9 repo edges \"what edges found\"\n", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("edges@", stream, StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_that_somebody_made_on_it_are_named()
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        pipeline.EnableStats = true;
        var source = Clusters.Of(Edges.With(Branch("master", "e2"), Branch("stats", "e2"), Branch("approved", "e1")), Images).Running(pipeline);

        Assert.Equal(
            ["LeftOut Branch edges@approved: (it points into the output of pipeline \"edges\", whose commits get new ids; create it again when they exist)"],
            source.PredictTarget().Said("output-branch"));
    }

    [Fact]
    public void Commits_that_somebody_put_into_it_are_named()
    {
        var source = Clusters.Of(Repo("edges", Commit("e1")).With(Branch("master", "e1")), Images).Running(Pipeline("edges", Pfs("images")));

        Assert.Equal(
            [$"LeftOut Commit edges@{Id("e1")}: (a user put it into the output of pipeline \"edges\", which cannot compute it)"],
            source.PredictTarget().Said("output-made-by-hand"));
    }

    [Fact]
    public void Ticks_of_a_cron_input_are_carried()
    {
        var cron = new Input { Cron = new CronInput { Name = "tick", Repo = "ticker_tick", Spec = "@every 1h" } };
        var source = Clusters.Of(Repo("ticker"), Repo("ticker_tick", Commit("c1")).With(Branch("master", "c1"))).Running(Pipeline("ticker", cron));

        Assert.Equal(Id("c1"), Assert.Single(source.PredictTarget().Inventory.FindRepo("ticker_tick")!.Commits).Id);
    }

    [Fact]
    public async Task The_data_of_a_spout_is_carried_because_nothing_can_compute_it()
    {
        var spout = new PipelineInfo { Pipeline = new Pipeline { Name = "sensor" }, OutputBranch = "master", Spout = new Spout() };
        var output = Repo("sensor", Commit("51"), Commit("52", "51")).With(Branch("master", "52").From(BranchName.SpecRepo, "sensor"), Branch("old", "51"));
        var source = Clusters.Of(output).Running(spout);

        var expectedTarget = source.PredictTarget();
        var stream = await source.RewriteAsync([]);

        Assert.Empty(expectedTarget.RecomputedRepos);
        Assert.Equal(2, expectedTarget.Inventory.FindRepo("sensor")!.Commits.Length);
        Assert.Equal(
            """
            1.9 commit sensor@51000000, on master, tree tree-51
            1.9 commit sensor@52000000, parent 51000000, on master, tree tree-52
            1.9 branch sensor@old, head 51000000

            """,
            stream[stream.IndexOf("1.9 commit", StringComparison.Ordinal)..]);
    }
}

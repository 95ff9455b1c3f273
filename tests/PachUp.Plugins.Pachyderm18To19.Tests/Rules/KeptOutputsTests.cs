using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Checks;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class KeptOutputsTests
{
    private static readonly MigrationOptions Keep = new() { Outputs = OutputChoice.Keep };
    private static readonly PluginConformance Keeping = ConformanceTests.Plugin with { Set = ["objects=false", "outputs=keep"] };

    /// <summary>Two commits of images, each computed by edges and, from that and the images, by montage.</summary>
    private static readonly Cluster Computed = Cluster.Empty
        .WithRepo("images")
        .WithPipeline("edges", "images")
        .WithPipeline("montage", "edges")
        .WithCommit("images", "master", "/1.png", "/1.png")
        .With(builder => ComputeAsync(builder, "edges", "one"))
        .With(builder => ComputeAsync(builder, "montage", "m"))
        .WithCommit("images", "master", "/2.png", "/2.png")
        .With(builder => ComputeAsync(builder, "edges", "sixsix"))
        .With(builder => ComputeAsync(builder, "montage", "m"));

    [Fact]
    public async Task Finished_output_arrives_as_it_is_and_nothing_is_computed_again()
    {
        var expectedTarget = await CheckAsync(Computed, V1_9_12);

        Assert.Empty(expectedTarget.RecomputedRepos);
        Assert.Equal(2, expectedTarget.Inventory.FindRepo("edges")!.Commits.Length);
        Assert.Equal(2, expectedTarget.Inventory.FindRepo("montage")!.Commits.Length);
        Assert.Equal(
            ["Kept Repo edges: 2 finished commits on master, 12 bytes (output commits arrive unchanged, and nothing of them is computed again)"],
            expectedTarget.Said("output-kept").Where(said => said.StartsWith("Kept Repo edges", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Earlier_releases_compute_output_again_whatever_is_chosen()
    {
        var expectedTarget = await CheckAsync(Computed, V1_9_0);

        Assert.Equal(["edges", "montage"], expectedTarget.RecomputedRepos.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Output_that_is_behind_its_input_is_carried_on_by_the_target()
    {
        var expectedTarget = await CheckAsync(Computed.WithCommit("images", "master", "/3.png", "three"), V1_9_12);

        Assert.Equal(["edges", "montage"], expectedTarget.RecomputedRepos.Order(StringComparer.Ordinal));
        Assert.Equal(2, expectedTarget.Inventory.FindRepo("edges")!.Commits.Length);
    }

    [Fact]
    public async Task The_output_of_a_stopped_pipeline_is_kept()
    {
        var expectedTarget = await CheckAsync(Computed.WithStopped("montage"), V1_9_12);

        Assert.Empty(expectedTarget.RecomputedRepos);
        Assert.Empty(expectedTarget.Inventory.FindRepo("montage")!.FindBranch("master")!.DirectProvenance);
    }

    [Theory]
    [InlineData("1.8.7-world")]
    [InlineData("1.8.7-trees")]
    [InlineData("1.8.7-stoppedout")]
    [InlineData("1.8.7-open")]
    [InlineData("1.8.8-world")]
    public Task Recorded_clusters_arrive_with_their_output(string recorded) =>
        (Keeping with { Source = Cluster.Recorded(recorded), From = Release.Parse(recorded[..5]), To = V1_9_12 }).CheckAsync(ConformanceRules.NothingIsLost);

    [Fact]
    public void The_child_of_a_failed_jobs_output_is_hung_on_the_last_good_one()
    {
        var failed = Commit("e2", "e1") with { Tree = null };
        var edges = Repo("edges", Commit("e1"), failed, Commit("e3", "e2")).With(Branch("master", "e3"));
        var source = Clusters.Of(edges, Repo("images", Commit("a1")).With(Branch("master", "a1"))).Running(Pipeline("edges", Pfs("images")));

        var expectedTarget = new Route18To19().PredictTarget(source, V1_9_12, Keep);

        Assert.Equal(Id("e1"), expectedTarget.Inventory.FindRepo("edges")!.Commits.Single(commit => commit.Id == Id("e3")).Parent);
        Assert.Equal(
            [
                $"LeftOut Commit edges@{Id("e2")}: (it was finished without files, like the output of a failed job, and a restore would open it again)",
                $"Changed Commit edges@{Id("e3")}: parent {Id("e2")} -> {Id("e1")} (its parent is left out)",
            ],
            expectedTarget.Said("treeless-commit"));
    }

    [Fact]
    public async Task A_spec_that_another_commit_brings_along_is_not_named_again()
    {
        var edges = Pipeline("edges", Pfs("images"));
        edges.EnableStats = true;
        var source = Clusters.Of(
                new RepoInventory
                {
                    Name = "edges",
                    Commits = [FromSpec("5e", "edges", "spec1").From("edges", "e1", "master"), FromSpec("e1", "edges", "spec1")],
                    Branches = [Branch("master", "e1"), Branch("stats", "5e")],
                },
                Repo("images", Commit("a1")).With(Branch("master", "a1")),
                new RepoInventory
                {
                    Name = "montage",
                    Commits = [FromSpec("ab", "montage", "spec2").From(BranchName.SpecRepo, "spec1", "edges").From("edges", "e1", "master")],
                    Branches = [Branch("master", "ab")],
                })
            .Running(edges, Pipeline("montage", Pfs("edges")));

        var stream = await StreamText.OfAsync(new Route18To19().CreateRewriter(source, V1_9_12, Keep).RewriteAsync(AsyncEnumerable.Empty<Operation>()));

        Assert.Equal(
            [
                "1.9 commit edges@e1000000, tree tree-e1, size 7, from images@a1000000 on master __spec__@edges on edges",
                "1.9 commit edges@5e000000, tree tree-5e, size 7, from images@a1000000 on master edges@e1000000 on master",
                "1.9 commit montage@ab000000, tree tree-ab, size 7, from images@a1000000 on master __spec__@montage on montage edges@e1000000 on master",
            ],
            stream.Split('\n').Where(line => line.Contains(" commit ", StringComparison.Ordinal) && !line.Contains("images@a1000000, on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Output_cannot_be_kept_where_content_is_sent_as_objects()
    {
        var source = Clusters.Of(Repo("edges", Commit("e1")).With(Branch("master", "e1")), Repo("images", Commit("a1")).With(Branch("master", "a1")))
            .Running(Pipeline("edges", Pfs("images")));
        var check = new OutputsKeptCheck();
        Task<CheckResult> AskAsync(bool objects) => check.AskAsync(new InventoryContext(new Route18To19(), source, V1_9_12) { Options = Keep, CarriesObjects = objects }, CancellationToken.None);

        var refused = await AskAsync(objects: true);

        Assert.Equal(CheckOutcome.Refused, refused.Outcome);
        Assert.Equal(["repo edges"], refused.Items.AsEnumerable());
        Assert.Contains("--set objects=false", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(objects: false)).Outcome);
    }

    private static CommitInventory FromSpec(string name, string pipeline, string spec) =>
        Commit(name).From("images", "a1", "master").From(BranchName.SpecRepo, spec, pipeline);

    private static async Task<ExpectedTarget> CheckAsync(Cluster source, Release target)
    {
        await (Keeping with { Source = source, From = new Release(1, 8, 8), To = target }).CheckAsync(ConformanceRules.NothingIsLost);
        return await source.PredictTargetAsync(target, Keep);
    }

    private static async Task ComputeAsync(ClusterBuilder builder, string pipeline, string content)
    {
        await builder.PutFileAsync(pipeline, "master", $"/{content}", content);
        await builder.FinishCommitAsync(pipeline, "master");
    }
}

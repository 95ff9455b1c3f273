using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm17To18.Tests;

public class RuleTests
{
    private static readonly Release V1_8_8 = new(1, 8, 8);

    [Fact]
    public async Task An_open_commit_is_never_sent()
    {
        var source = Source(Repo("images", Commit("a1"), Open("a2", "a1")).With(Branch("master", "a2")));

        var stream = await RewriteAsync(source, Streams.Repo("images"), Streams.Commit("images", "a1"), Streams.Commit("images", "a2", "a1"));

        Assert.Contains("1.7 commit images@a1000000, on master, tree tree-a1\n", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("a2000000", stream, StringComparison.Ordinal);
        Assert.EndsWith("1.7 branch images@master, head a1000000\n", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_extract_leaves_out_are_filled_in_and_the_salt_is_not_sent()
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        (pipeline.Salt, pipeline.Standby, pipeline.DatumTries) = ("old", true, 7);

        var stream = await RewriteAsync(Source(Repo("edges"), Repo("images")).Running(pipeline), Streams.Repo("images"), Streams.Pipeline("edges"));

        Assert.Contains("\"standby\": true, \"datumTries\": \"7\"", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("salt", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_converts_is_sent_as_it_is_and_expected_as_it_will_be()
    {
        var pipeline = Pipeline("edges", new Input { Atom = new AtomInput { Name = "a", Repo = "images", Branch = "feat.x", Glob = "/*" } });
        (pipeline.Incremental, pipeline.ResourceLimits) = (true, new ResourceSpec { GpuUntil1714 = 2 });
        var source = Source(Repo("edges"), Repo("images")).Running(pipeline);

        var stream = await RewriteAsync(source, Streams.Repo("images"), Streams.Pipeline("edges"));
        var expected = new Route17To18().PredictTarget(source, V1_8_8).Inventory.FindPipeline("edges")!.Info;

        Assert.Contains("\"atom\": { \"name\": \"a\"", stream, StringComparison.Ordinal);
        Assert.Contains("\"incremental\": true", stream, StringComparison.Ordinal);
        Assert.Equal("feat.x", expected.Input.Pfs.Branch);
        Assert.Null(expected.Input.Atom);
        Assert.False(expected.Incremental);
        Assert.Equal(new GPUSpec { Type = "nvidia.com/gpu", Number = 2 }, expected.ResourceLimits.Gpu);
        Assert.Equal(["atom-input", "gpu-kind", "incremental"], Said(source).Where(rule => rule is "atom-input" or "gpu-kind" or "incremental"));
    }

    [Fact]
    public void Headers_and_footers_are_announced_directory_by_directory_and_files_below_are_not_probed()
    {
        var commit = Commit("a1").Id;
        FileProbe[] probes = [new("images", "master", commit, "/cars/1", 9, "hash"), new("images", "master", commit, "/plain", 9, "hash")];
        var source = Source(Repo("images", Commit("a1")).With(Branch("master", "a1"))) with
        {
            Probes = [.. probes],
            Headers = new HeaderSurvey { Directories = [new HeadedDirectory("images", commit, "/cars", 148)], Commits = [new HeadedCommit("images", commit, 464)] },
        };

        var expectedTarget = new Route17To18().PredictTarget(source, V1_8_8);

        var change = Assert.Single(expectedTarget.Changes, change => change.Rule == "headers-footers");
        Assert.Equal((ChangeKind.LeftOut, ItemKind.File, $"images@{commit}:/cars"), (change.Kind, change.Item.Kind, change.Item.Name));
        Assert.Equal(464, expectedTarget.Inventory.FindRepo("images")!.FindCommit(commit)!.SizeBytes);
        Assert.Equal(["/plain"], expectedTarget.Inventory.Probes.Select(probe => probe.Path));
    }

    [Fact]
    public void Trees_and_salts_are_not_compared_since_nobody_can_know_them()
    {
        var comparison = new Route17To18().PredictTarget(Source(Repo("images", Commit("a1"))), V1_8_8).Comparison;

        Assert.False(comparison.CommitTrees);
        Assert.False(comparison.Salts);
        Assert.True(comparison.CommitSizes);
    }

    [Fact]
    public void A_release_that_does_not_convert_trees_is_expected_to_keep_them() =>
        Assert.True(new Route17To18().PredictTarget(Source(Repo("images", Commit("a1"))), new Release(1, 8, 0)).Comparison.CommitTrees);

    [Fact]
    public void The_provenance_of_commits_is_dropped_and_that_of_branches_stays()
    {
        var derived = Repo("derived", Commit("d1").From("images", "a1", "master")).With(Branch("master", "d1").From("images", "master"));
        var source = Source(derived, Repo("images", Commit("a1")).With(Branch("master", "a1")));

        var expectedTarget = new Route17To18().PredictTarget(source, V1_8_8);

        Assert.Empty(expectedTarget.Inventory.FindRepo("derived")!.Commits[0].Provenance);
        Assert.Equal(["derived"], expectedTarget.RecomputedRepos);
        Assert.Contains("commit-provenance", Said(source));
        Assert.Contains("derived-head", Said(source));
    }

    [Theory]
    [InlineData(true, CheckOutcome.Passed)]
    [InlineData(false, CheckOutcome.Refused)]
    public async Task Metadata_alone_is_refused(bool objects, CheckOutcome outcome) =>
        Assert.Equal(outcome, (await AskAsync("objects-travel", Source(), V1_8_8, objects)).Outcome);

    [Theory]
    [InlineData("1.8.0", CheckOutcome.Warning)]
    [InlineData("1.8.1", CheckOutcome.Passed)]
    [InlineData("1.8.8", CheckOutcome.Passed)]
    public async Task A_target_that_does_not_convert_trees_is_a_warning(string target, CheckOutcome outcome) =>
        Assert.Equal(outcome, (await AskAsync("trees-converted", Source(), Release.Parse(target))).Outcome);

    [Theory]
    [InlineData("_x", "1.8.2", CheckOutcome.Passed)]
    [InlineData("_x", "1.8.3", CheckOutcome.Refused)]
    [InlineData("x_", "1.8.8", CheckOutcome.Refused)]
    [InlineData("x_y", "1.8.8", CheckOutcome.Passed)]
    public async Task A_pipeline_is_named_as_Kubernetes_wants_it_from_1_8_3_on(string name, string target, CheckOutcome outcome)
    {
        var source = Source(Repo(name), Repo("images")).Running(Pipeline(name, Pfs("images")));

        Assert.Equal(outcome, (await AskAsync("pipelines-refused", source, Release.Parse(target))).Outcome);
    }

    [Fact]
    public async Task What_1_8_refuses_of_the_odd_cluster_is_named()
    {
        var result = await AskAsync("pipelines-refused", RecordedInventory.Of("1.7.14", "20-source-odd"), V1_8_8);

        Assert.Equal(
            [
                "pipeline _startunder: its name must begin and end with a letter or digit, for Kubernetes",
                "pipeline badpodspec: pod_spec is not JSON",
                "pipeline endunder_: its name must begin and end with a letter or digit, for Kubernetes",
            ],
            result.Items.AsEnumerable());
    }

    private static ClusterInventory Source(params IEnumerable<RepoInventory> repos) => Clusters.Of(repos) with { Release = new Release(1, 7, 14) };

    private static IEnumerable<string> Said(ClusterInventory source) => new Route17To18().PredictTarget(source, V1_8_8).Changes.Select(change => change.Rule);

    private static Task<string> RewriteAsync(ClusterInventory source, params IEnumerable<Operation> stream) => StreamText.OfAsync(
        new Route17To18().CreateRewriter(source, V1_8_8).RewriteAsync(stream.Select(operation => operation.In(OperationGeneration.V1_7)).ToAsyncEnumerable()));

    private static Task<CheckResult> AskAsync(string check, ClusterInventory source, Release target, bool objects = true)
    {
        var route = new Route17To18();
        var context = new InventoryContext(route, source, target) { CarriesObjects = objects };
        return route.Checks.Single(candidate => candidate.Name == check).AskAsync(context, CancellationToken.None);
    }
}

using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.TestKit;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.TestKit.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class KeptOutputsTests
{
    private static readonly MigrationOptions Keep = new() { Outputs = OutputChoice.Keep };

    [Fact]
    public async Task Finished_output_arrives_as_it_is_and_nothing_is_computed_again()
    {
        await using var source = await SandboxMigration.StartAsync("1.8.8");
        await BuildAsync(source);

        var migration = await SandboxMigration.RunAsync(new Route18To19(), source, V1_9_12, Keep);

        Assert.Empty(migration.Mistakes);
        Assert.Empty(migration.Foresight.RecomputedRepos);
        Assert.Equal(2, migration.Foresight.Expected.FindRepo("edges")!.Commits.Length);
        Assert.Equal(2, migration.Foresight.Expected.FindRepo("montage")!.Commits.Length);
        Assert.Equal(
            ["Kept Repo edges: 2 finished commits on master, 12 bytes (output commits arrive as they are, and nothing of them is computed again)"],
            migration.Foresight.Said("output-kept").Where(said => said.StartsWith("Kept Repo edges", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Earlier_releases_compute_output_again_whatever_is_chosen()
    {
        await using var source = await SandboxMigration.StartAsync("1.8.8");
        await BuildAsync(source);

        var migration = await SandboxMigration.RunAsync(new Route18To19(), source, V1_9_0, Keep);

        Assert.Empty(migration.Mistakes);
        Assert.Equal(["edges", "montage"], migration.Foresight.RecomputedRepos.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Output_that_is_behind_its_input_is_carried_on_by_the_target()
    {
        await using var source = await SandboxMigration.StartAsync("1.8.8");
        await BuildAsync(source);
        using var builder = new ClusterBuilder(source.Address);
        await builder.CommitFileAsync("images", "master", "/3.png", "three");

        var migration = await SandboxMigration.RunAsync(new Route18To19(), source, V1_9_12, Keep);

        Assert.Empty(migration.Mistakes);
        Assert.Equal(["edges", "montage"], migration.Foresight.RecomputedRepos.Order(StringComparer.Ordinal));
        Assert.Equal(2, migration.Foresight.Expected.FindRepo("edges")!.Commits.Length);
    }

    [Fact]
    public async Task The_output_of_a_stopped_pipeline_is_kept()
    {
        await using var source = await SandboxMigration.StartAsync("1.8.8");
        await BuildAsync(source);
        using var builder = new ClusterBuilder(source.Address);
        await builder.StopPipelineAsync("montage");

        var migration = await SandboxMigration.RunAsync(new Route18To19(), source, V1_9_12, Keep);

        Assert.Empty(migration.Mistakes);
        Assert.Empty(migration.Foresight.RecomputedRepos);
        Assert.Empty(migration.Foresight.Expected.FindRepo("montage")!.FindBranch("master")!.DirectProvenance);
    }

    [Theory]
    [InlineData("1.8.7-world-full")]
    [InlineData("1.8.7-trees-full")]
    [InlineData("1.8.7-stoppedout-full")]
    [InlineData("1.8.7-open-full")]
    [InlineData("1.8.8-world-full")]
    public async Task Recorded_clusters_arrive_with_their_output(string archive)
    {
        await using var source = await SandboxMigration.StartAsync(archive[..5], archive);

        Assert.Empty((await SandboxMigration.RunAsync(new Route18To19(), source, V1_9_12, Keep)).Mistakes);
    }

    [Fact]
    public void The_child_of_a_failed_jobs_output_is_hung_on_the_last_good_one()
    {
        var failed = Commit("e2", "e1") with { Tree = null };
        var edges = Repo("edges", Commit("e1"), failed, Commit("e3", "e2")).With(Branch("master", "e3"));
        var source = Clusters.Of(edges, Repo("images", Commit("a1")).With(Branch("master", "a1"))).Running(Pipeline("edges", Pfs("images")));

        var foresight = new Route18To19().Foresee(source, V1_9_12, Keep);

        Assert.Equal(Id("e1"), foresight.Expected.FindRepo("edges")!.Commits.Single(commit => commit.Id == Id("e3")).Parent);
        Assert.Equal(
            [
                $"LeftOut Commit edges@{Id("e2")}: (it was finished without files, as the output of a failed job is, and a restore would open it again)",
                $"Changed Commit edges@{Id("e3")}: parent {Id("e2")} -> {Id("e1")} (its parent is left out)",
            ],
            foresight.Said("treeless-commit"));
    }

    /// <summary>Two commits of images, each computed by edges and, from that and the images, by montage.</summary>
    private static async Task BuildAsync(SandboxCluster source)
    {
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CreatePipelineAsync("montage", "edges");
        foreach (var file in (string[])["/1.png", "/2.png"])
        {
            await builder.CommitFileAsync("images", "master", file, file);
            await ComputeAsync(builder, "edges", file == "/1.png" ? "one" : "sixsix");
            await ComputeAsync(builder, "montage", "m");
        }
    }

    private static async Task ComputeAsync(ClusterBuilder builder, string pipeline, string content)
    {
        await builder.PutFileAsync(pipeline, "master", $"/{content}", content);
        await builder.FinishCommitAsync(pipeline, "master");
    }
}

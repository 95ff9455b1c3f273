using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm17To19.Tests;

public class RuleTests
{
    [Fact]
    public async Task Branches_are_renamed_in_operations_of_1_7()
    {
        var source = Clusters.Of(Repo("images", Commit("a1")).With(Branch("feat.x", "a1"))) with { Release = new Release(1, 7, 14) };
        var commit = Streams.Commit("images", "a1", branch: "feat.x").In(OperationGeneration.V1_7);

        var stream = await StreamText.OfAsync(
            new Route17To19().CreateRewriter(source, new Release(1, 9, 0)).RewriteAsync(new[] { commit }.ToAsyncEnumerable()));

        Assert.Equal(
            "1.7 repo images\n1.7 commit images@a1000000, on feat_x, tree tree-a1\n1.7 branch images@feat_x, head a1000000\n", stream);
    }

    [Theory]
    [InlineData("1.9.0", 7)]
    [InlineData("1.9.5", 7)]
    [InlineData("1.9.6", 0)]
    [InlineData("1.9.12", 0)]
    public void Late_releases_show_no_sizes_and_that_is_announced(string target, long size)
    {
        var source = Clusters.Of(Repo("images", Commit("a1"))) with { Release = new Release(1, 7, 14) };

        var expectedTarget = new Route17To19().PredictTarget(source, Release.Parse(target));

        Assert.Equal(size, expectedTarget.Inventory.Repos[0].Commits[0].SizeBytes);
        Assert.Equal(size == 0, expectedTarget.Changes.Any(change => change.Rule == "commit-sizes"));
    }

    [Fact]
    public async Task What_1_9_refuses_of_the_odd_cluster_is_named()
    {
        var route = new Route17To19();
        var context = new InventoryContext(route, RecordedInventory.Of("1.7.14", "20-source-odd"), new Release(1, 9, 12)) { CarriesObjects = true };

        var refused = await route.Checks.ToAsyncEnumerable()
            .Select(async (ICheck check, CancellationToken cancellation) => (check.Name, await check.AskAsync(context, cancellation)))
            .Where(answer => answer.Item2.Outcome == CheckOutcome.Refused)
            .Select(answer => $"{answer.Name}: {string.Join("; ", answer.Item2.Items)}")
            .ToListAsync();

        Assert.Equal(["pipelines-refused: pipeline _startunder: its name must begin with a letter or digit; pipeline badpodspec: pod_spec is not JSON"], refused);
    }
}

using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class AllowedNamesTests
{
    [Theory]
    [InlineData("master")]
    [InlineData("UPPER-1_x")]
    [InlineData("_b")]
    public void A_name_that_1_9_allows_stays(string name)
    {
        var expectedTarget = Clusters.Of(Repo("images").With(Branch(name))).PredictTarget();

        Assert.Equal(name, Assert.Single(expectedTarget.Inventory.Repos[0].Branches).Name);
        Assert.Empty(expectedTarget.Said("name-not-allowed"));
    }

    [Theory]
    [InlineData("feat.x", "feat_x")]
    [InlineData("rel/1.0", "rel_1_0")]
    [InlineData("a b", "a_b")]
    [InlineData("ü", "_")]
    [InlineData("x^1", "x_1")]
    [InlineData("", "_")]
    public void A_name_that_1_9_refuses_is_replaced_and_named(string old, string renamed)
    {
        var expectedTarget = Clusters.Of(Repo("images").With(Branch(old))).PredictTarget();

        Assert.Equal(renamed, Assert.Single(expectedTarget.Inventory.Repos[0].Branches).Name);
        Assert.Equal([$"Renamed Branch images@{old}: {old} -> {renamed} (1.9 allows letters, digits, underscores and dashes in branch names)"], expectedTarget.Said("name-not-allowed"));
    }

    [Fact]
    public async Task It_is_replaced_everywhere_it_occurs()
    {
        var pipeline = Pipeline("edges", Pfs("images", "feat.x"), Pfs("labels", "master"));
        pipeline.OutputBranch = "out put";
        var derived = Repo("derived", Commit("d1").From("images", "a1", "feat.x")).With(Branch("v1.0", "d1").From("images", "feat.x"));
        var source = Clusters.Of(derived, Repo("images", Commit("a1")).With(Branch("feat.x", "a1")), Repo("labels")).Running(pipeline);

        var stream = await source.RewriteAsync([Streams.Commit("images", "a1", branch: "feat.x"), Streams.Branch("images", "feat.x", "a1")]);

        Assert.DoesNotContain("feat.x", stream, StringComparison.Ordinal);
        Assert.Contains("commit images@a1000000, on feat_x", stream, StringComparison.Ordinal);
        Assert.Contains("branch images@feat_x, head a1000000", stream, StringComparison.Ordinal);
        Assert.Contains("from images@a1000000 on feat_x", stream, StringComparison.Ordinal);
        Assert.Contains("branch derived@v1_0, head v1_0, from images@feat_x", stream, StringComparison.Ordinal);
        Assert.Contains("\"branch\": \"feat_x\"", stream, StringComparison.Ordinal);
        Assert.Contains("\"outputBranch\": \"out_put\"", stream, StringComparison.Ordinal);
        Assert.Contains("Changed Pipeline edges: output_branch: out put -> out_put (1.9 allows letters, digits, underscores and dashes in branch names)", source.PredictTarget().Said("name-not-allowed"));
        Assert.Contains("Changed Pipeline edges: branch of input \"images\": feat.x -> feat_x (1.9 allows letters, digits, underscores and dashes in branch names)", source.PredictTarget().Said("name-not-allowed"));
    }
}

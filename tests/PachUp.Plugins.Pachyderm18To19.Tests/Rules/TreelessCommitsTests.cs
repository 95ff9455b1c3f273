using PachUp.Pachyderm.Inventories;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class TreelessCommitsTests
{
    [Fact]
    public async Task A_commit_of_several_trees_is_carried_into_a_release_that_takes_them()
    {
        var source = Clusters.Of(Repo("plain", Commit("a1") with { Tree = null, Trees = ["tree1", "tree2"], Datums = "datums" }).With(Branch("master", "a1")));

        var expectedTarget = source.PredictTarget(V1_9_12);
        var stream = await source.RewriteAsync([], V1_9_12);

        Assert.True(InventoryDifference.Between(source, expectedTarget.Inventory).IsEmpty);
        Assert.Empty(expectedTarget.Said("treeless-commit"));
        Assert.Contains("1.9 commit plain@a1000000, on master, trees tree1 tree2, datums datums, size 7\n", stream, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_of_several_trees_is_left_out_of_an_earlier_release_with_its_descendants()
    {
        var source = Clusters.Of(Repo("plain", Commit("a1"), Commit("a2", "a1") with { Tree = null, Trees = ["tree1"] }, Commit("a3", "a2")).With(Branch("master", "a3")));

        var expectedTarget = source.PredictTarget(V1_9_0);

        Assert.Equal([Id("a1")], expectedTarget.Inventory.Repos[0].Commits.Select(commit => commit.Id));
        Assert.Equal(
            [
                $"LeftOut Commit plain@{Id("a2")}: (it was finished with several trees, which releases before 1.9.6 cannot restore; a target of 1.9.6 or later can)",
                $"LeftOut Commit plain@{Id("a3")}: (its ancestor {Id("a2")} is left out: it was finished with several trees, which releases before 1.9.6 cannot restore; a target of 1.9.6 or later can)",
                $"Changed Branch plain@master: head {Id("a3")} -> {Id("a1")} (its head is left out)",
            ],
            expectedTarget.Said("treeless-commit"));
    }

    [Theory]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public void A_commit_that_was_finished_without_any_tree_is_left_out_of_every_release(string target)
    {
        var source = Clusters.Of(Repo("plain", Commit("a1") with { Tree = null }).With(Branch("master", "a1")));

        var expectedTarget = source.PredictTarget(Pachyderm.Release.Parse(target));

        Assert.Empty(expectedTarget.Inventory.Repos[0].Commits);
        Assert.Contains($"LeftOut Commit plain@{Id("a1")}: (it was finished without files, and a restore would open it again)", expectedTarget.Said("treeless-commit"));
    }
}

using PachUp.Pachyderm.Inventories;
using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class OpenCommitsTests
{
    [Fact]
    public void A_finished_commit_is_carried()
    {
        var source = Clusters.Of(Repo("images", Commit("a1")).With(Branch("master", "a1")));

        var expectedTarget = source.PredictTarget();

        Assert.True(InventoryDifference.Between(source, expectedTarget.Inventory).IsEmpty);
        Assert.Empty(expectedTarget.Said("open-commit"));
    }

    [Fact]
    public void An_open_commit_is_left_out_and_its_branch_points_at_the_nearest_finished_one()
    {
        var source = Clusters.Of(Repo("images", Commit("a1"), Open("a2", "a1")).With(Branch("master", "a2")));

        var expectedTarget = source.PredictTarget();

        Assert.Equal([Id("a1")], expectedTarget.Inventory.Repos[0].Commits.Select(commit => commit.Id));
        Assert.Equal(Id("a1"), expectedTarget.Inventory.Repos[0].FindBranch("master")!.Head);
        Assert.Equal(
            [
                $"LeftOut Commit images@{Id("a2")}: (it is open, and no pachd can restore an open commit)",
                $"Changed Branch images@master: head {Id("a2")} -> {Id("a1")} (its head is left out)",
            ],
            expectedTarget.Said("open-commit"));
    }

    [Fact]
    public void A_branch_of_nothing_but_open_commits_has_no_head()
    {
        var source = Clusters.Of(Repo("images", Open("a1")).With(Branch("dangling", "a1")));

        var expectedTarget = source.PredictTarget();

        Assert.Null(expectedTarget.Inventory.Repos[0].FindBranch("dangling")!.Head);
        Assert.Contains($"Changed Branch images@dangling: head {Id("a1")} -> none (its head is left out)", expectedTarget.Said("open-commit"));
    }

    [Fact]
    public void What_descends_from_an_open_commit_is_left_out_with_it()
    {
        var source = Clusters.Of(Repo("images", Commit("a1"), Open("a2", "a1"), Commit("a3", "a2"), Commit("a4", "a3"), Commit("b1", "a1")).With(Branch("master", "a4"), Branch("fork", "b1")));

        var expectedTarget = source.PredictTarget();

        Assert.Equal([Id("a1"), Id("b1")], expectedTarget.Inventory.Repos[0].Commits.Select(commit => commit.Id));
        Assert.Equal(Id("b1"), expectedTarget.Inventory.Repos[0].FindBranch("fork")!.Head);
        Assert.Equal(Id("a1"), expectedTarget.Inventory.Repos[0].FindBranch("master")!.Head);
        Assert.Contains(
            $"LeftOut Commit images@{Id("a4")}: (its ancestor {Id("a2")} is left out: it is open, and no pachd can restore an open commit)",
            expectedTarget.Said("open-commit"));
    }

    [Fact]
    public void A_long_history_is_decided_in_one_pass()
    {
        const int Length = 50_000;
        var history = Enumerable.Range(0, Length).Select(i => i == 0 ? Open($"{i:x6}") : Commit($"{i:x6}", $"{i - 1:x6}"));

        var expectedTarget = Clusters.Of(Repo("images", history).With(Branch("master", $"{Length - 1:x6}"))).PredictTarget();

        Assert.Empty(expectedTarget.Inventory.Repos[0].Commits);
    }

    [Fact]
    public void A_file_of_a_head_that_is_left_out_is_not_expected()
    {
        var source = Clusters.Of(Repo("images", Commit("a1"), Open("a2", "a1")).With(Branch("master", "a2"), Branch("old", "a1"))) with
        {
            Probes = [new("images", "master", Id("a2"), "/1.png", 1, "aa"), new("images", "old", Id("a1"), "/1.png", 1, "aa")],
        };

        var expectedTarget = source.PredictTarget();

        Assert.Equal("old", Assert.Single(expectedTarget.Inventory.Probes).Branch);
    }
}

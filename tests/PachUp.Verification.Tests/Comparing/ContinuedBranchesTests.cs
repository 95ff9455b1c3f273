using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Comparing;

namespace PachUp.Verification.Tests.Comparing;

/// <summary>A branch with ticks goes on by itself when the target works: a newer head on top of the expected one is no difference.</summary>
public class ContinuedBranchesTests
{
    private static readonly ExpectedTarget Ticking = new()
    {
        Inventory = Clusters.Of(Clusters.Repo("ticks", Clusters.Commit("t1")).With(Clusters.Branch("master", "t1"))),
        ContinuedBranches = [new BranchName("ticks", "master")],
    };

    [Fact]
    public void A_head_that_descends_from_the_expected_one_is_expected()
    {
        var actual = Clusters.Of(Clusters.Repo("ticks", Clusters.Commit("t1"), Clusters.Commit("t2", "t1"), Clusters.Commit("t3", "t2")).With(Clusters.Branch("master", "t3")));

        Assert.Equal(Clusters.Id("t3"), HeadExpectedOf(actual));
        Assert.False(Verifier.Compare(Ticking, actual).FoundLoss);
    }

    [Fact]
    public void A_head_that_does_not_descend_from_the_expected_one_is_a_difference()
    {
        var actual = Clusters.Of(Clusters.Repo("ticks", Clusters.Commit("t1"), Clusters.Commit("other")).With(Clusters.Branch("master", "other")));

        Assert.Equal(Clusters.Id("t1"), HeadExpectedOf(actual));
        Assert.True(Verifier.Compare(Ticking, actual).FoundLoss);
    }

    [Fact]
    public void A_branch_that_nobody_carries_on_has_to_keep_its_head()
    {
        var actual = Clusters.Of(Clusters.Repo("ticks", Clusters.Commit("t1"), Clusters.Commit("t2", "t1")).With(Clusters.Branch("master", "t2")));

        Assert.True(Verifier.Compare(Ticking with { ContinuedBranches = [] }, actual).FoundLoss);
    }

    [Fact]
    public void Commits_that_the_target_made_there_are_no_additions_and_those_elsewhere_are()
    {
        var actual = Clusters.Of(
            Clusters.Repo("other", Clusters.Commit("o")),
            Clusters.Repo("ticks", Clusters.Commit("t1"), Clusters.Commit("t2", "t1")).With(Clusters.Branch("master", "t2")));

        Assert.Equal(["other", $"other@{Clusters.Id("o")}"], Verifier.Compare(Ticking, actual).Added.Select(item => item.Name));
    }

    [Fact]
    public void A_repo_that_is_missing_stays_expected() => Assert.Equal(Clusters.Id("t1"), HeadExpectedOf(Clusters.Of()));

    private static string? HeadExpectedOf(ClusterInventory actual) =>
        new ContinuedBranches(Ticking, actual).Expected.FindRepo("ticks")!.FindBranch("master")!.Head;
}

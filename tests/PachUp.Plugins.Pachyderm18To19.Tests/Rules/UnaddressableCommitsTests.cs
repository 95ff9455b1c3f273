using PachUp.Testing;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

public class UnaddressableCommitsTests
{
    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("5C4FE6947A614E469F438A4610BB7405")]
    [InlineData("5c4fe694")]
    public void A_commit_that_nobody_can_name_is_left_out(string id)
    {
        var source = Clusters.Of(Repo("built", Commit("a1"), Commit("a2", "a1") with { Id = id }).With(Branch("master") with { Head = id }));

        var expectedTarget = source.PredictTarget();

        Assert.Equal([Id("a1")], expectedTarget.Inventory.Repos[0].Commits.Select(commit => commit.Id));
        Assert.Equal(Id("a1"), expectedTarget.Inventory.Repos[0].FindBranch("master")!.Head);
        Assert.Equal(
            [
                $"LeftOut Commit built@{id}: (its id does not have pachd's format, so pachd takes it for the name of a branch and finds nothing)",
                $"Changed Branch built@master: head {id} -> {Id("a1")} (its head is left out)",
            ],
            expectedTarget.Said("commit-id"));
    }
}

using PachUp.Pachyderm.Inventories;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Inventories;

public sealed class ClusterInventoryTests
{
    private static readonly ClusterInventory Large = LargeCluster.Of(new Release(1, 8, 8), new ClusterSize(Repos: 100, Commits: 4_000, Pipelines: 40));

    [Fact]
    public void Every_item_of_a_large_cluster_is_found_by_its_name()
    {
        Assert.All(Large.Repos, repo => Assert.Same(repo, Large.FindRepo(repo.Name)));
        Assert.All(Large.Pipelines, pipeline => Assert.Same(pipeline, Large.FindPipeline(pipeline.Name)));
        Assert.All(Large.Repos[0].Commits, commit => Assert.Same(commit, Large.Repos[0].FindCommit(commit.Id)));
        Assert.Null(Large.FindRepo("no-such-repo"));
        Assert.Null(Large.Repos[0].FindCommit(null));
    }

    [Fact]
    public void A_changed_copy_finds_its_own_items()
    {
        var name = Large.Repos[7].Name;
        var before = Large.FindRepo(name);

        var copy = Large with { Repos = [.. Large.Repos.Select(repo => repo with { Description = "other" })] };

        Assert.Equal("other", copy.FindRepo(name)!.Description);
        Assert.Same(before, Large.FindRepo(name));
    }

    [Fact]
    public void Of_two_items_with_one_name_the_first_is_found()
    {
        var twice = Large with { Repos = [.. Large.Repos, Large.Repos[3] with { Description = "second" }] };

        Assert.Same(Large.Repos[3], twice.FindRepo(Large.Repos[3].Name));
    }
}

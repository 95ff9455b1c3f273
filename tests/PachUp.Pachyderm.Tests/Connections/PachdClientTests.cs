using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Tests.Connections;

public class PachdClientTests
{
    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task What_a_recorded_cluster_holds_is_listed(string release)
    {
        await using var pachd = await ReplayedPachd.StartAsync(release, "20-source-world");
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal(Release.Parse(release), await client.GetReleaseAsync());
        Assert.Equal(ReplayedPachd.ClusterId, await client.GetClusterIdAsync());
        var repos = await client.ListReposAsync();
        Assert.Contains(repos, repo => repo.Repo.Name == "images");
        Assert.Contains(await client.ListBranchesAsync("images"), branch => branch.Name == "master");
        Assert.NotEmpty(await client.ListCommitsAsync("images").ToListAsync());
        Assert.True((await client.ListPipelinesAsync()).Count > 20);
    }
}

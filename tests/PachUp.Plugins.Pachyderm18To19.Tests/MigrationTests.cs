using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.TestKit;

namespace PachUp.Plugins.Pachyderm18To19.Tests;

/// <summary>From a sandbox of 1.8 into one of 1.9, as the host does it: pipelines stopped, the stream split in two.</summary>
public class MigrationTests
{
    public static TheoryData<string, string> Recorded
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var archive in (string[])["1.8.7-world-full", "1.8.7-open-full", "1.8.7-stoppedout-full", "1.8.8-world-full", "1.8.8-open-full", "1.8.8-stoppedout-full"])
            {
                data.Add(archive, "1.9.0");
                data.Add(archive, "1.9.12");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task What_was_foreseen_arrives(string archive, string target)
    {
        await using var source = await SandboxMigration.StartAsync(archive.Split('-')[0], archive);

        await AssertArrivesAsync(source, Release.Parse(target));
    }

    [Theory]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_cluster_with_everything_that_extract_loses_arrives(string target)
    {
        await using var source = await SandboxMigration.StartAsync("1.8.8");
        await LossyCluster.BuildAsync(source.Address);

        var foresight = await AssertArrivesAsync(source, Release.Parse(target));

        Assert.Equal(["edges"], foresight.RecomputedRepos);
        Assert.Equal(["a_b", "feat_x", "master", "rel_1_0"], foresight.Expected.FindRepo("images")!.Branches.Select(branch => branch.Name));
        Assert.Single(foresight.Expected.FindRepo("derived")!.Commits);
        Assert.Equal(2, foresight.Expected.FindRepo("sensor")!.Commits.Length);
    }

    private static async Task<Foresight> AssertArrivesAsync(SandboxCluster source, Release release)
    {
        var migration = await SandboxMigration.RunAsync(new Route18To19(), source, release);

        Assert.Empty(migration.Mistakes);
        return migration.Foresight;
    }
}

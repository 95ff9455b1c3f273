using PachUp.Pachyderm;
using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm18To19.Tests;

/// <summary>Recorded clusters of 1.8, and one of everything that gets lost elsewhere, into every sandbox of the line.</summary>
public class MigrationTests
{
    public static TheoryData<string, string> Recorded
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var recorded in (string[])["1.8.7-world", "1.8.7-open", "1.8.7-stoppedout", "1.8.8-world", "1.8.8-open", "1.8.8-stoppedout"])
            {
                data.Add(recorded, "1.9.0");
                data.Add(recorded, "1.9.12");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public Task What_was_expected_arrives_and_what_changes_is_announced(string recorded, string target) =>
        CheckAsync(Cluster.Recorded(recorded), from: recorded.Split('-')[0], target);

    [Theory]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_cluster_with_everything_that_extract_loses_arrives(string target)
    {
        await CheckAsync(LossyCluster.Description, from: "1.8.8", target);

        var expectedTarget = await LossyCluster.Description.PredictTargetAsync(Release.Parse(target));
        Assert.Equal(["edges"], expectedTarget.RecomputedRepos);
        Assert.Equal(["a_b", "feat_x", "master", "rel_1_0"], expectedTarget.Inventory.FindRepo("images")!.Branches.Select(branch => branch.Name));
        Assert.Single(expectedTarget.Inventory.FindRepo("derived")!.Commits);
        Assert.Equal(2, expectedTarget.Inventory.FindRepo("sensor")!.Commits.Length);
    }

    private static async Task CheckAsync(Cluster source, string from, string target)
    {
        var plugin = ConformanceTests.Plugin with { Source = source, From = Release.Parse(from), To = Release.Parse(target), Set = ["objects=true"] };

        await plugin.CheckAsync(ConformanceRules.NothingIsLost);
        await plugin.CheckAsync(ConformanceRules.ChangesAreAnnounced);
    }
}

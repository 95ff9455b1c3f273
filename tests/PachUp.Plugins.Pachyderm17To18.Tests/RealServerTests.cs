using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm17To18.Tests;

/// <summary>
/// What is expected, against what real servers made of an archive that the official procedure took. It differs by what that procedure loses, and
/// by nothing else.
/// </summary>
public class RealServerTests
{
    [Theory]
    [InlineData("1.8.7", "30-restore-1.7.14-world-full")]
    [InlineData("1.8.8", "30-restore-1.7.14-world-metadata-copy")]
    public void The_expected_target_is_what_a_real_server_has_but_for_what_extract_leaves_out(string target, string restore)
    {
        var expectedTarget = new Route17To18().PredictTarget(RecordedInventory.Of("1.7.14", "20-source-world"), Release.Parse(target));

        var restored = RecordedInventory.Of(target, restore);

        var difference = InventoryDifference.Between(expectedTarget.Inventory, restored, expectedTarget.Comparison);
        Assert.Equal("derived", Assert.Single(difference.Lost).Name);
        Assert.Equal(["podspec", "sched", "sleepy", "tries"], difference.Changed.Select(item => item.Name));
        Assert.All(difference.Changed, item => Assert.Matches("^(pod_spec|scheduling_spec|standby|datum_tries): [^;]*$", item.Detail));
        Assert.All(
            restored.Repos.Where(repo => !expectedTarget.RecomputedRepos.Contains(repo.Name)),
            repo => Assert.Equal(repo.SizeBytes, expectedTarget.Inventory.FindRepo(repo.Name)!.SizeBytes));
    }
}

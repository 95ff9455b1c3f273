using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm17To19.Tests;

/// <summary>
/// What is expected, against what real servers made of an archive that the official procedure took. It differs by what that procedure loses, and
/// by the descriptions that 1.9.12 gives output repos which nobody sends.
/// </summary>
public class RealServerTests
{
    [Theory]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public void The_expected_target_is_what_a_real_server_has_but_for_what_extract_leaves_out(string target)
    {
        var expectedTarget = new Route17To19().PredictTarget(RecordedInventory.Of("1.7.14", "20-source-world"), Release.Parse(target));

        var restored = RecordedInventory.Of(target, "30-restore-1.7.14-world-full");

        var difference = InventoryDifference.Between(expectedTarget.Inventory, restored, expectedTarget.Comparison);
        var changed = difference.Changed.Where(item => item.Kind != ItemKind.Repo).ToList();
        Assert.Equal("derived", Assert.Single(difference.Lost).Name);
        Assert.Equal(["podspec", "sched", "sleepy", "tries"], changed.Select(item => item.Name));
        Assert.All(changed, item => Assert.Matches("^(pod_spec|scheduling_spec|standby|datum_tries): [^;]*$", item.Detail));
        Assert.All(difference.Changed.Except(changed), item => Assert.Equal($"description: \"\" -> \"Output repo for pipeline {item.Name}.\"", item.Detail));
        Assert.All(
            restored.Repos.Where(repo => !expectedTarget.RecomputedRepos.Contains(repo.Name)),
            repo => Assert.Equal(repo.SizeBytes, expectedTarget.Inventory.FindRepo(repo.Name)!.SizeBytes));
    }
}

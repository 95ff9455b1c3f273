using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm112To113.Tests;

/// <summary>No stream contains the triggers of branches. They are added from the listing of the source.</summary>
public class TriggerTests
{
    [Fact]
    public async Task The_triggers_of_branches_are_sent()
    {
        var source = RecordedInventory.Of("1.12.5", "20-source-world");
        await using var file = File.OpenRead(Recordings.Archive("1.12.5-world-metadata"));

        var sent = await source.Rewrite(ArchiveReader.ReadAsync(file))
            .Where(operation => operation.Kind == OperationKind.Branch)
            .Select(operation => operation.AsBranch())
            .Where(branch => branch.Trigger is not null)
            .ToDictionaryAsync(branch => $"{branch.Branch.Repo.Name}@{branch.Branch.Name}", branch => branch.Trigger);

        Assert.Equal(["images@trigcron-trigger-1", "images@triggered-trigger-1", "labels@big", "labels@nightly"], sent.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("@every 24h", sent["labels@nightly"].CronSpec);
        Assert.Equal(("1G", 100, true), (sent["labels@big"].Size, sent["labels@big"].Commits, sent["labels@big"].All));
    }

    [Fact]
    public void The_target_is_expected_to_have_them()
    {
        var source = RecordedInventory.Of("1.12.5", "20-source-world");

        var expected = source.PredictTarget();

        Assert.Equal("master, size 1G, commits 100, all conditions", expected.Inventory.FindRepo("labels")!.FindBranch("big")!.Trigger!.ToString());
        Assert.DoesNotContain(expected.Changes, change => change.Item.Name == "labels@big");
    }
}

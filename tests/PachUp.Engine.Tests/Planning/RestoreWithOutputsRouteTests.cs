using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Planning;

/// <summary>What a backup of a late release cannot bring back.</summary>
public class RestoreWithOutputsRouteTests
{
    [Fact]
    public void The_trigger_of_a_branch_is_announced_as_lost_and_not_expected()
    {
        var expected = Predict(Clusters.Of(Clusters.Repo("labels").With(Triggered("nightly"))));

        Assert.Null(expected.Inventory.FindRepo("labels")!.FindBranch("nightly")!.Trigger);
        var change = Assert.Single(expected.Changes);
        Assert.Equal(("labels@nightly", "trigger: master, cron \"@every 24h\" -> none"), (change.Item.Name, change.Item.Detail));
    }

    [Fact]
    public void The_trigger_of_an_input_comes_back_with_its_pipeline()
    {
        var input = Clusters.Pfs("labels", "edges-trigger-1");
        input.Pfs.Trigger = new Trigger { Branch = "master", CronSpec = "@every 24h" };

        var expected = Predict(Clusters.Of(Clusters.Repo("labels").With(Triggered("edges-trigger-1"))).Running(Clusters.Pipeline("edges", input)));

        Assert.NotNull(expected.Inventory.FindRepo("labels")!.FindBranch("edges-trigger-1")!.Trigger);
        Assert.Empty(expected.Changes);
    }

    private static ExpectedTarget Predict(ClusterInventory source) =>
        new RestoreWithOutputsRoute(new ReleaseLine(1, 12)).PredictTarget(source, new Release(1, 12, 5), MigrationOptions.Default);

    private static BranchInventory Triggered(string branch) =>
        Clusters.Branch(branch) with { Trigger = new TriggerInventory("master", All: false, "@every 24h", Size: "", Commits: 0) };
}

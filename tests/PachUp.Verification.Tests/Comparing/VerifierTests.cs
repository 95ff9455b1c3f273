using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Comparing;

namespace PachUp.Verification.Tests.Comparing;

public class VerifierTests
{
    private static readonly ClusterInventory Cluster = Clusters
        .Of(Clusters.Repo("edges"), Clusters.Repo("images", Clusters.Commit("a"), Clusters.Commit("b", "a")).With(Clusters.Branch("master", "b")))
        .Running(Clusters.Pipeline("edges", Clusters.Pfs("images")));

    [Fact]
    public void A_cluster_that_holds_what_was_expected_has_lost_nothing()
    {
        var report = Verifier.Compare(new ExpectedTarget { Inventory = Cluster }, Cluster);

        Assert.False(report.FoundLoss);
        Assert.Equal("repos 2 of 2, branches 1 of 1, commits 2 of 2, pipelines 1 of 1, files read 0 of 0", ArrivalLine.Of(report));
    }

    [Fact]
    public void What_is_missing_is_lost_and_named()
    {
        var report = Verifier.Compare(new ExpectedTarget { Inventory = Cluster }, Cluster with { Repos = [Cluster.Repos[0]] });

        Assert.True(report.FoundLoss);
        Assert.Equal(
            [
                (ItemKind.Repo, "images"),
                (ItemKind.Branch, "images@master"),
                (ItemKind.Commit, $"images@{Clusters.Id("a")}"),
                (ItemKind.Commit, $"images@{Clusters.Id("b")}"),
            ],
            report.Lost.Select(item => (item.Kind, item.Name)).Order());
    }

    [Fact]
    public void What_has_another_content_is_changed_and_says_in_what()
    {
        var actual = Cluster with { Repos = [Cluster.Repos[0], Cluster.Repos[1].With(Clusters.Branch("master", "a"))] };

        var changed = Assert.Single(Verifier.Compare(new ExpectedTarget { Inventory = Cluster }, actual).Changed);

        Assert.Equal("images@master", changed.Name);
        Assert.Contains("head", changed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_beside_what_was_expected_is_no_loss()
    {
        var report = Verifier.Compare(new ExpectedTarget { Inventory = Cluster }, Cluster with { Repos = [.. Cluster.Repos, Clusters.Repo("more")] });

        Assert.False(report.FoundLoss);
        Assert.Equal("more", Assert.Single(report.Added).Name);
    }

    [Fact]
    public void What_the_target_computes_again_is_no_surprise()
    {
        var actual = Cluster with { Repos = [Clusters.Repo("edges", Clusters.Open("o")).With(Clusters.Branch("master", "o")), Cluster.Repos[1]] };

        Assert.Equal(2, Verifier.Compare(new ExpectedTarget { Inventory = Cluster }, actual).Added.Length);
        Assert.Empty(Verifier.Compare(new ExpectedTarget { Inventory = Cluster, RecomputedRepos = ["edges"] }, actual).Added);
    }

    [Fact]
    public void What_was_announced_is_passed_on()
    {
        var change = new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@1"), "open-commit", "it is open");

        Assert.Equal(change, Assert.Single(Verifier.Compare(new ExpectedTarget { Inventory = Cluster, Changes = [change] }, Cluster).Announced));
    }

    [Fact]
    public async Task A_file_is_read_again_end_to_end_and_one_that_cannot_be_read_has_no_probe()
    {
        await using var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 9, 12) });
        await Sdk.Testing.Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "one").MakeAsync(sandbox);
        await using var client = PachdClient.Create(sandbox.Address);
        var read = (await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true })).Probes;

        var probes = await Verifier.ReadProbesAsync(client, [.. read, read[0] with { Path = "/gone.png" }], progress: null, CancellationToken.None);

        Assert.Equal(read.AsEnumerable(), probes);
    }

    [Fact]
    public async Task A_file_that_its_branch_has_no_more_is_read_from_its_commit()
    {
        await using var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 9, 12) });
        await Sdk.Testing.Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "one").MakeAsync(sandbox);
        await using var client = PachdClient.Create(sandbox.Address);
        var read = (await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true })).Probes;
        var commit = await client.StartCommitAsync("images", "master");
        await client.DeleteFileAsync("images", commit, "/1.png");
        await client.FinishCommitAsync("images", commit);

        Assert.Equal(read.AsEnumerable(), await Verifier.ReadProbesAsync(client, read, progress: null, CancellationToken.None));
    }
}

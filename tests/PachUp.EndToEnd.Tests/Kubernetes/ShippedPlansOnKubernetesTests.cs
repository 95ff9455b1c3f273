using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>Every shipped plan works on Kubernetes as documented, only through pods.</summary>
public sealed class ShippedPlansOnKubernetesTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];
    private static readonly string[] Beside = ["--namespace", "default", "--target-namespace", "next"];

    [Theory]
    [InlineData("google-1.7.14", "1.7.14-world-full", "pachyderm-1.7.14-to-1.8.0", "1.8.8", 10)]
    [InlineData("google-1.8.7", "1.8.7-world-full", "pachyderm-1.8.7-to-1.9.0", "1.9.12", 30)]
    [InlineData("custom-1.8.7", "1.8.7-world-full", "pachyderm-1.8.7-to-1.9.0", "1.9.0", 10)]
    public async Task InPlace_TheNextLineReplacesTheOldRelease(string manifests, string archive, string plan, string to, int minor)
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync(manifests, Recordings.Archive(archive), ProfileOf(minor));
        using var tool = await kubernetes.ToolAsync();

        var applied = await tool.RunAsync(["apply", plan, "--in-place", "--to", to, .. Here, "--yes"]);

        applied.Expect(0).Answers("Arrived: repos");
        (await tool.RunAsync(["status", .. Here])).Answers($"pachd {to}, from the tag of its image");
        Assert.NotNull(kubernetes.PachdOf($"pachyderm/pachd:{to}"));
    }

    [Fact]
    public async Task ALaterPointRelease_FindsEverythingOnTheVolumesOfTheEarlierOne()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"), keepsVolumes: true);
        using var tool = await kubernetes.ToolAsync();

        var applied = await tool.RunAsync(["apply", "pachyderm-upgrade-point-release", "--to", "1.8.8", .. Here, "--yes"]);

        applied.Expect(0).Answers("Arrived: repos");
        Assert.Equal(["etcd-storage-etcd-0"], kubernetes.Server.Store.List("persistentvolumeclaims").Select(claim => claim.Name()));
        (await tool.RunAsync(["status", .. Here])).Answers("pachd 1.8.8, from the tag of its image");
    }

    [Fact]
    public async Task SideBySide_TheNewClusterIsDeployed_TakesTheNodePorts_AndGivesThemBack()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        var ports = kubernetes.NodePorts("pachd");

        var applied = await tool.RunAsync(["apply", "pachyderm-1.8.7-to-1.9.0-side-by-side", .. Beside, "--yes"]);

        applied.Expect(0).Answers("Arrived: repos");
        Assert.Equal(ports, kubernetes.NodePorts("pachd", "next").Take(ports.Count));
        Assert.All(kubernetes.NodePorts("pachd"), port => Assert.Equal(0, port));
        (await tool.RunAsync(["status", "--namespace", "default"])).Answers("pachd 1.8.7, from the tag of its image");
        (await tool.RunAsync(["status", "--namespace", "next"])).Answers("pachd 1.9.0, from the tag of its image");

        (await tool.RunAsync("switch", tool.LastRun, "--back", "--yes")).Expect(0).Answers("leads to namespace \"default\" again");
        Assert.Equal(ports, kubernetes.NodePorts("pachd"));
        (await tool.RunAsync("apply", "--resume", tool.LastRun, "--yes")).Expect(0);
        Assert.Equal(ports, kubernetes.NodePorts("pachd", "next").Take(ports.Count));

        (await tool.RunAsync("rollback", tool.LastRun, "--confirm", "default")).Expect(0);
        Assert.Equal(ports, kubernetes.NodePorts("pachd"));
        Assert.Empty(kubernetes.Server.Store.List("deployments", "next"));
        Assert.Equal(["pachyderm"], kubernetes.Server.Store.List("clusterroles").Select(role => role.Name()));
    }

    [Fact]
    public async Task SideBySide_ABucketOfItsOwn_IsFilledWithAllObjects()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.7.14", Recordings.Archive("1.7.14-world-full"), ApiProfile.V1_30);
        using var tool = await kubernetes.ToolAsync();
        var plan = await tool.CopyPlanAsync(
            "1.7.14-to-1.8.0-side-by-side", "${env.PACHD_TARGET_ADDRESS}\" }", "${env.PACHD_TARGET_ADDRESS}\", with: { bucket: bucket-of-1-8 } }");

        var applied = await tool.RunAsync(["apply", plan, "--to", "1.8.8", .. Beside, "--yes"]);

        applied.Expect(0).Answers("Arrived: repos");
        Assert.NotSame(kubernetes.PachdOf("pachyderm/pachd:1.7.14")!.ObjectStore, kubernetes.PachdOf("pachyderm/pachd:1.8.8", "next")!.ObjectStore);
    }

    [Fact]
    public async Task ABackup_IsMadeWhileWritersAreBlocked_AndRestoredIntoAnEmptyCluster()
    {
        using var tool = new Tool();
        await using (var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full")))
        {
            await kubernetes.ConfigureAsync(tool.WorkingDirectory);
            (await tool.RunAsync(["apply", "pachyderm-backup", .. Here, "--yes"])).Expect(0);
            Assert.Equal("pachd", kubernetes.Server.Store.Find("services", "default", "pachd")!.Spec().Child("selector").Text("app"));
        }

        await using var other = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-empty"));
        await other.ConfigureAsync(tool.WorkingDirectory);
        (await tool.RunAsync(["apply", "pachyderm-restore-backup", .. Here, "--yes"])).Expect(0).Answers("Arrived: repos");
    }

    [Fact]
    public async Task AReload_FillsAFreshClusterBesideTheOldOne()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.7.14", Recordings.Archive("1.7.14-world-full"));
        using var tool = await kubernetes.ToolAsync();

        var applied = await tool.RunAsync(["apply", "pachyderm-1.7-to-1.8-reload", .. Beside, "--yes"]);

        applied.Expect(0);
        (await tool.RunAsync(["status", "--namespace", "next"])).Answers("pachd 1.8.8, from the tag of its image");
    }

    private static ApiProfile ProfileOf(int minor) => minor == 10 ? ApiProfile.V1_10 : ApiProfile.V1_30;
}

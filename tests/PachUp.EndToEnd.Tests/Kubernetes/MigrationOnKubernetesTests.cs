using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.Kubernetes;

public sealed class MigrationOnKubernetesTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];

    [Fact]
    public async Task AClusterIsMigratedInPlace_ThroughItsPodsAlone()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = new Tool();
        await kubernetes.ConfigureAsync(tool.WorkingDirectory);

        var applied = await tool.RunAsync(["apply", Tool.Plan, .. Here, "--yes"]);

        Assert.True(applied.ExitCode == 0, applied.Answer + applied.Talk);
        Assert.Contains("Arrived: repos", applied.Answer, StringComparison.Ordinal);
        Assert.NotNull(kubernetes.PachdOf("pachyderm/pachd:1.9.0"));

        var status = await tool.RunAsync(["status", .. Here]);
        Assert.Contains("pachd 1.9.0, by its image", status.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMigrationThatIsRolledBack_LeavesTheOldReleaseOnItsVolumes()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = new Tool();
        await kubernetes.ConfigureAsync(tool.WorkingDirectory);
        await tool.RunAsync(["apply", Tool.Plan, .. Here, "--yes"]);

        var back = await tool.RunAsync("rollback", "--yes");

        Assert.True(back.ExitCode == 0, back.Answer + back.Talk);
        var status = await tool.RunAsync(["status", .. Here]);
        Assert.Contains("pachd 1.8.7, by its image", status.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingPermission_IsRefused_BeforeAnythingIsDone()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-world-full"));
        kubernetes.Server.Access.Deny("delete", "deployments");
        using var tool = new Tool();
        await kubernetes.ConfigureAsync(tool.WorkingDirectory);

        var plan = await tool.RunAsync(["plan", Tool.Plan, .. Here]);

        Assert.Equal(3, plan.ExitCode);
        Assert.Contains("delete deployments in namespace \"default\"", plan.Answer, StringComparison.Ordinal);
    }
}

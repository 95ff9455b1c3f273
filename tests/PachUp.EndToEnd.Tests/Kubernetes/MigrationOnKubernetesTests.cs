using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.Kubernetes;

public sealed class MigrationOnKubernetesTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];

    [Fact]
    public async Task AMigrationThatIsRolledBack_LeavesTheOldReleaseOnItsVolumes()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
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
        using var tool = await kubernetes.ToolAsync();

        var plan = await tool.RunAsync(["plan", Tool.Plan, .. Here]);

        Assert.Equal(3, plan.ExitCode);
        Assert.Contains("delete deployments in namespace \"default\"", plan.Answer, StringComparison.Ordinal);
    }
}

using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Resources;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

public sealed class MigrationOnKubernetesTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];

    [Fact]
    public async Task AMigrationThatIsRolledBack_LeavesTheOldReleaseOnItsVolumes()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        await tool.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--yes"]);

        (await tool.RunAsync("rollback", "--dry-run")).Answers("Deploys the saved manifests again on the kept volumes");
        var back = await tool.RunAsync("rollback", tool.LastRun, "--confirm", "default");

        Assert.True(back.ExitCode == 0, back.Answer + back.Talk);
        var status = await tool.RunAsync(["status", .. Here]);
        Assert.Contains("pachd 1.8.7, from the tag of its image", status.Answer, StringComparison.Ordinal);
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

    [Fact]
    public async Task OnAnApiServerWithoutController_TheRunEndsAtItsDeadline_AndAnotherAttemptChangesNothing()
    {
        await using var server = await KubeApiServer.KubeApiServer.StartAsync(ApiProfile.V1_10);
        await Kubectl.CreateAsync(server, """{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "production" } }""");
        await Kubectl.CreateAsync(server, KubernetesWithPachd.Manifests("google-1.8.7"), "production");
        await using var pachd = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7), Archive = Recordings.Archive("1.8.7-empty") });
        using var tool = new Tool();
        Directory.CreateDirectory(Path.Combine(tool.WorkingDirectory, ".kube"));
        await File.WriteAllTextAsync(Path.Combine(tool.WorkingDirectory, ".kube", "config"), server.KubeConfig());
        var plan = await tool.CopyPlanAsync("1.8.7-to-1.9.0", "timeout: 15m", "timeout: 3s");

        var applied = await tool.RunAsync("apply", plan, "--in-place", "--source", pachd.Address.ToString(), "--namespace", "production", "--yes");
        var deployed = server.Store.List("deployments").Concat(server.Store.List("statefulsets")).Select(value => value.ToJsonString()).ToList();
        var again = await tool.RunAsync("apply", "--resume", "--yes");

        applied.Expect(1).Says("after 00:00:03, still not ready").Says("Deployment pachd: no controller of Kubernetes has looked at it yet");
        again.Expect(1).Says("no controller of Kubernetes has looked at it yet");
        Assert.Equal(3, deployed.Count);
        Assert.Equal(deployed, server.Store.List("deployments").Concat(server.Store.List("statefulsets")).Select(value => value.ToJsonString()));
    }
}

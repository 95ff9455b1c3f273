using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer.Storage;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>In production the public port of pachd does not serve the object API. PachUp forwards the peer port of its pod.</summary>
public sealed class PeerPortTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];

    [Fact]
    public async Task TheObjectsAreListedThroughThePod_BeforeAndAfterItIsReplaced()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();

        (await tool.RunAsync(["status", .. Here]))
            .Expect(0)
            .Answers("closed on the public port, reached through a port forward to the peer port of pachd's pod");
        var applied = await tool.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--all", "--yes"]);

        applied.Expect(0).Answers("PachUp can list the objects of every cluster that answers");
        Assert.Matches(@"Arrived:[^.]*objects\s+[\d,]+\s+of", applied.Answer);
    }

    // The objects come through the peer port, so both forwards lose their pod.
    [Fact]
    public async Task APodThatIsDeletedInTheMiddleOfAnExtract_IsReplaced_AndTheExtractIsComplete()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        (await tool.RunAsync(["status", .. Here])).Expect(0);
        var deleted = "";
        kubernetes.Server.Ports.AfterBytes(20_000, () =>
        {
            var pod = kubernetes.Server.Store.List("pods").First(pod => pod.Name().StartsWith("pachd", StringComparison.Ordinal));
            deleted = pod.Metadata().Text("uid");
            pod.Metadata()["deletionTimestamp"] = "2026-01-01T00:00:00Z";
            kubernetes.Server.Store.Put("pods", pod);
        });

        var extracted = await tool.RunAsync(["extract", .. Here, "--archive", "backup.pachx"]);

        extracted.Expect(0);
        Assert.NotEmpty(deleted);
        Assert.DoesNotContain(deleted, kubernetes.Server.Store.List("pods").Select(pod => pod.Metadata().Text("uid")));
        Assert.Contains("answers again", extracted.Talk, StringComparison.Ordinal);
        (await tool.RunAsync("archive", "inspect", "backup.pachx")).Expect(0);
    }

    [Fact]
    public async Task WithoutAPeerPort_TheRunContinuesWithoutObjects_AndTheReasonIsReported()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        (await tool.RunAsync(["status", .. Here])).Expect(0);
        foreach (var pod in kubernetes.Server.Store.List("pods"))
        {
            kubernetes.Server.Ports.Close("default", pod.Name(), KubernetesWithPachd.PeerPort);
        }

        var plan = await tool.RunAsync(["plan", Tool.Plan, .. Here]);

        plan.Expect(0)
            .Answers("objects: closed (a port forward to the peer port of pachd's pod cannot be opened: The pachd at the peer port of pachd in namespace default")
            .Answers("in namespace \"default\" does not accept connections (error forwarding port 653 to pod");
    }

    [Fact]
    public async Task APortForwardThatIsNotAllowed_IsAWarning()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        kubernetes.Server.Access.Deny("create", "pods/portforward");
        using var tool = await kubernetes.ToolAsync();

        (await tool.RunAsync(["plan", Tool.Plan, .. Here])).Expect(0).Answers("create pods/portforward in namespace \"default\"");
    }
}

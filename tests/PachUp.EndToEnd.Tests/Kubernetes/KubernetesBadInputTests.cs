using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>Invalid input and faults of Kubernetes.</summary>
public sealed class KubernetesBadInputTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];

    [Fact]
    public async Task WithoutAKubeconfig_TheMessageNamesTheSearchedPlaces()
    {
        using var tool = new Tool();

        var plan = await tool.RunAsync(["plan", Tool.Plan, .. Here]);

        plan.Expect(1).Says("there is no kubeconfig: KUBECONFIG names no existing file, and ~/.kube/config does not exist").Says("Set KUBECONFIG");
    }

    [Fact]
    public async Task AContextAndANamespaceThatDoNotFit_AreNamed()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-empty"));
        using var tool = await kubernetes.ToolAsync();

        var wrongContext = await tool.RunAsync("plan", Tool.Plan, "--kube-context", "production");
        var wrongNamespace = await tool.RunAsync("plan", Tool.Plan, "--namespace", "lab");
        await kubernetes.Server.DisposeAsync();
        var nobody = await tool.RunAsync(["plan", Tool.Plan, .. Here]);

        wrongContext.Expect(1).Says("has no context \"production\"").Says("--kube-context");
        wrongNamespace.Expect(1).Says("namespace \"lab\" does not exist").Says("Give its namespace with --namespace. There is a pachd in: default.");
        nobody.Expect(1).Says("Kubernetes (context \"test\") does not answer");
    }

    [Fact]
    public async Task TwoPachydermsInTheNamespace_AreRefused()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-empty"));
        var second = kubernetes.Server.Store.Find("deployments", "default", "pachd")!;
        second.Metadata()["name"] = "pachd-old";
        kubernetes.Server.Store.Put("deployments", second);
        using var tool = await kubernetes.ToolAsync();

        var plan = await tool.RunAsync(["plan", Tool.Plan, .. Here]);

        plan.Expect(3).Says("there are 2 Pachyderms in namespace \"default\": Deployment pachd and Deployment pachd-old");
    }

    [Fact]
    public async Task AnApiServerThatIsAwayForAWhile_IsWaitedFor_AndOneThatStaysAwayLeavesARunToResume()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        kubernetes.Server.Faults.Interfere("GET", "/persistentvolumeclaims", () => kubernetes.Server.Faults.Inject("GET", "/api", error: null, times: 2));
        kubernetes.Server.Faults.Interfere("DELETE", "/deployments/dash", () => kubernetes.Server.Faults.IsDown = true);

        var applied = await tool.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--retry-for", "2s", "--yes"]);

        applied.Expect(1).Says("the API server at").Says("cannot be reached");
        applied.Says("pachup apply --resume");
        kubernetes.Server.Faults.IsDown = false;
        (await tool.RunAsync("apply", "--resume", "--yes")).Expect(0).Answers("Arrived: repos");
    }

    // The first connection of a command meets the outage, so pachd has never answered it.
    [Theory]
    [InlineData("/pods")]
    [InlineData("/portforward")]
    public async Task AnApiServerThatIsAwayWhenAConnectionToPachdBegins_IsWaitedFor(string path)
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-empty"));
        using var tool = await kubernetes.ToolAsync();
        kubernetes.Server.Faults.Inject("GET", path, error: null, times: 4);

        var status = await tool.RunAsync(["status", .. Here, "--timeout", "1s"]);

        status.Expect(0).Answers("1.8.7");
    }

    [Fact]
    public async Task AnExpiredToken_IsReadAgain_WhileTheClusterIsUndeployed()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        kubernetes.Server.Faults.Interfere("DELETE", "/deployments/dash", () =>
        {
            File.WriteAllText(Path.Combine(tool.WorkingDirectory, ".kube", "config"), kubernetes.Server.KubeConfig(token: "next-token"));
            kubernetes.Server.Faults.Expire("test-token");
        });

        (await tool.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--yes"])).Expect(0).Answers("Arrived: repos");
    }

    [Fact]
    public async Task LostAnswersAndErrorsOfTheServer_DoNotEndARun()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        var faults = kubernetes.Server.Faults;
        foreach (var (method, path) in new[] { ("PUT", "/services/pachd"), ("DELETE", "/deployments/pachd"), ("DELETE", "/services/etcd"), ("POST", "/deployments"), ("POST", "/services") })
        {
            faults.LoseAnswer(method, path);
        }

        faults.Inject("DELETE", "/statefulsets/etcd", new ApiException(500, "InternalError", "etcdserver: leader changed"));
        faults.Inject("POST", "/statefulsets", new ApiException(503, "ServiceUnavailable", "the server is currently unable to handle the request"));
        faults.Inject("GET", "/deployments", new ApiException(429, "TooManyRequests", "too many requests") { RetryAfterSeconds = 1 });

        (await tool.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--yes"])).Expect(0).Answers("Arrived: repos");
    }

    [Fact]
    public async Task AChangeByAnotherClient_StopsTheRun_WhichCanBeResumed()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("local-1.8.7", Recordings.Archive("1.8.7-empty"));
        using var tool = await kubernetes.ToolAsync();
        kubernetes.Server.Faults.Interfere("PUT", "/services/pachd", () =>
        {
            var service = kubernetes.Server.Store.Find("services", "default", "pachd")!;
            service.Spec()["sessionAffinity"] = "ClientIP";
            kubernetes.Server.Store.Put("services", service);
        });

        var backup = await tool.RunAsync(["apply", "pachyderm-backup", .. Here, "--yes"]);

        backup.Expect(1).Says("another user changed Service pachd while PachUp was about to change it: spec.sessionAffinity: \"None\" -> \"ClientIP\"");
        (await tool.RunAsync("apply", "--resume", "--yes")).Expect(0);
        Assert.Equal("ClientIP", kubernetes.Server.Store.Find("services", "default", "pachd")!.Spec().Text("sessionAffinity"));
    }

    [Fact]
    public async Task AnImageThatCannotBePulled_IsNamedLongBeforeTheDeadline_AndTheRunGoesOnOnceItCan()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"), ApiProfile.V1_30);
        kubernetes.Pods.TroubleOf = image => image == "pachyderm/pachd:1.9.0" ? "ImagePullBackOff" : null;
        using var tool = await kubernetes.ToolAsync();
        var plan = await tool.CopyPlanAsync("1.8.7-to-1.9.0", "freshMetadata: true, timeout: 15m", "freshMetadata: true, timeout: 6s");

        var applied = await tool.RunAsync(["apply", plan, "--in-place", .. Here, "--yes"]);

        applied.Expect(1).Says("after 00:00:06, still not ready: Deployment pachd: 0 of 1 pods ready");
        applied.Says("waiting until").Says("pod pachd-0, container pachd: ImagePullBackOff (the container does not start: ImagePullBackOff)");
        kubernetes.Pods.TroubleOf = _ => null;
        (await tool.RunAsync("apply", "--resume", "--yes")).Expect(0).Answers("Arrived: repos");
    }
}

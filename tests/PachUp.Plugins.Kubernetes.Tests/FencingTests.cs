using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Looking;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests;

public sealed class FencingTests
{
    private static readonly PlatformAction.Fence Fence = new();
    private static readonly PlatformAction.Unfence Unfence = new();

    [Theory]
    [InlineData("services", 10)]
    [InlineData("node-ports", 10)]
    [InlineData("network-policy", 10)]
    [InlineData("network-policy", 30)]
    public async Task AFence_IsShownByStatus_AndUndoneExactly_HoweverOftenItWasPutUp(string way, int minor)
    {
        await using var kube = await KubeCluster.StartAsync(minor == 10 ? ApiProfile.V1_10 : ApiProfile.V1_30, "local-1.8.7");
        var before = kube.Snapshot();
        var source = kube.Cluster("source", ("fence", way));
        var execution = kube.Execution(source);

        await kube.Platform.ExecuteAsync(Fence, source, execution, default);
        await kube.Platform.ExecuteAsync(Fence, source, execution, default);

        Assert.Equal($"fenced ({way}) since run 20260101-000000-0000: clients are kept out", await TrafficAsync(source));

        await kube.Platform.ExecuteAsync(Unfence, source, execution, default);
        await kube.Platform.ExecuteAsync(Unfence, source, execution, default);
        Assert.Equal("open: clients are let in", await TrafficAsync(source));
        Assert.Equal(before, kube.Snapshot());
        Assert.Empty(kube.Store.List("networkpolicies"));
    }

    [Theory]
    [InlineData("services", true)]
    [InlineData("network-policy", true)]
    [InlineData("services", false)]
    public async Task ConnectionsThatClientsHaveOpen_EndWithTheirPod_WhereTheSourceIsRemoved(string way, bool isInPlace)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        var source = kube.Cluster("source", ("fence", way));
        await kube.Platform.ExecuteAsync(new PlatformAction.Wait(new Release(1, 8, 7), TimeSpan.FromMinutes(10)), source, kube.Execution(source), default);
        var before = PachdPodsOf(kube);
        var execution = new StubExecution(source, source, kube.RunDirectory) { IsInPlace = isInPlace, Time = TimeProvider.System };

        await kube.Platform.ExecuteAsync(Fence, source, execution, default);

        var after = PachdPodsOf(kube);
        Assert.Single(before);
        Assert.Single(after);
        Assert.Equal(!isInPlace, UidOf(before[0]) == UidOf(after[0]));
        Assert.True(PodState.IsReady(after[0]));
    }

    [Fact]
    public async Task NodePorts_AreMovedAsTheDocumentationDoes()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var source = kube.Cluster("source", ("fence", "node-ports"));

        await kube.Platform.ExecuteAsync(Fence, source, kube.Execution(source), default);

        Assert.Equal([30649, 30648, 30647, 30646, 30999], NodePorts(kube, "pachd"));
        Assert.Equal([32378], NodePorts(kube, "etcd"));
        Assert.Equal([30079, 30078], NodePorts(kube, "dash"));
    }

    [Fact]
    public async Task ANetworkPolicy_OutlivesTheUndeploying_AndIsForPachdAndDashAlone()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        var source = kube.Cluster("source", ("fence", "network-policy"));
        var execution = kube.Execution(source);

        await kube.Platform.ExecuteAsync(Fence, source, execution, default);
        await kube.Platform.ExecuteAsync(new PlatformAction.Undeploy(keepVolumes: true, TimeSpan.FromMinutes(1)), source, execution, default);

        var policy = Assert.Single(kube.Store.List("networkpolicies"));
        Assert.Equal(
            """{"matchLabels":{"suite":"pachyderm"},"matchExpressions":[{"key":"app","operator":"In","values":["pachd","dash"]}]}""",
            policy.Spec()["podSelector"]!.ToJsonString());
    }

    [Theory]
    [InlineData("services")]
    [InlineData("node-ports")]
    [InlineData("network-policy")]
    public async Task WhatIsDeployedBehindAFence_IsClosedFromTheBeginning_AndOpensAsItWouldHaveBeen(string way)
    {
        await using var open = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        await ReplaceAsync(open, open.Cluster());
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var source = kube.Cluster("source", ("fence", way));

        await ReplaceAsync(kube, source, Fence);

        Assert.Equal($"fenced ({way}) since run 20260101-000000-0000: clients are kept out", await TrafficAsync(source));
        var target = kube.Cluster("target");
        await kube.Platform.ExecuteAsync(Unfence, target, kube.Execution(source, target), default);
        Assert.Equal("open: clients are let in", await TrafficAsync(source));
        Assert.Empty(kube.Store.List("networkpolicies"));
        Assert.Equal(ServicesOf(open), ServicesOf(kube));
    }

    [Fact]
    public async Task WhatIsDeployedAfterTheFenceIsGone_IsOpen()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");

        await ReplaceAsync(kube, kube.Cluster(), Fence, Unfence);

        Assert.Equal("open: clients are let in", await TrafficAsync(kube.Cluster()));
    }

    [Fact]
    public async Task AFenceThatWouldKeepPachUpOut_IsTakenDownAgain_AndSaysHowToReachPachd()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        await using var pachd = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 8, 7) });
        await using var service = FaultyProxy.Start(pachd.Address.Port);
        var before = kube.Snapshot();
        var source = kube.Cluster() with { Address = service.Address };
        kube.Server.Faults.Interfere("PUT", "/services/pachd", () => service.Refuse());

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Fence, source, kube.Execution(source), default));

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.StartsWith("the fence keeps PachUp out, too", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task AFenceThatIsHalfUp_IsFinished_AndOpensWhole()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var before = kube.Snapshot();
        var execution = kube.Execution();
        kube.Server.Faults.Inject("PUT", "/services/pachd", error: null);

        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Fence, execution.Source, execution, default));
        Assert.StartsWith("fenced", await TrafficAsync(execution.Source), StringComparison.Ordinal);

        await kube.Platform.ExecuteAsync(Fence, execution.Source, execution, default);
        await kube.Platform.RevertAsync(Fence, execution.Source, execution, default);
        Assert.Equal(before, kube.Snapshot());
    }

    // The next steps of a rollback connect to pachd, whose pod the fence has deleted.
    [Fact]
    public async Task AFenceThatIsTakenDownBeforeTheNewPodOfPachdIsReady_WaitsForIt()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        var before = kube.Snapshot();
        var pachd = kube.Store.Find("deployments", "default", "pachd")!;
        pachd["status"] = new JsonObject { ["observedGeneration"] = pachd.Metadata()["generation"]!.DeepClone() };
        kube.Store.Put("deployments", pachd);
        var execution = kube.Execution();
        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Fence, execution.Source, execution, default));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.RevertAsync(Fence, execution.Source, execution, default));

        Assert.StartsWith("after 00:15:00, still not ready: a new pod of pachd; Deployment pachd: 0 of 1 pods ready", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task WhatAControllerWritesMeanwhile_IsNoReasonToStop()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var execution = kube.Execution();
        kube.Server.Faults.Interfere("PUT", "/services/pachd", () => Change(kube, "pachd", service => service.Child("status")["loadBalancer"] = "assigned"));

        await kube.Platform.ExecuteAsync(Fence, execution.Source, execution, default);

        Assert.StartsWith("fenced", await TrafficAsync(execution.Source), StringComparison.Ordinal);
        Assert.Equal("assigned", kube.Store.Find("services", "default", "pachd")!.Child("status").Text("loadBalancer"));
    }

    [Fact]
    public async Task SomebodyElsesChange_IsNotOverwritten_AndNamed()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        var execution = kube.Execution();
        kube.Server.Faults.Interfere("PUT", "/services/pachd", () => Change(kube, "pachd", service => service.Spec()["type"] = "LoadBalancer"));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Fence, execution.Source, execution, default));

        Assert.Equal(
            "another user changed Service pachd while PachUp was about to change it: spec.type: \"NodePort\" -> \"LoadBalancer\"", failure.Message);
        Assert.Equal("LoadBalancer", kube.Store.Find("services", "default", "pachd")!.Spec().Text("type"));
    }

    /// <summary>Replaces 1.8.7 by 1.9.0 in a namespace.</summary>
    private static async Task ReplaceAsync(KubeCluster kube, StubCluster source, params PlatformAction[] before)
    {
        var execution = kube.Execution(source);
        var limit = TimeSpan.FromMinutes(10);
        PlatformAction[] actions = [new PlatformAction.Save(), .. before, new PlatformAction.Undeploy(keepVolumes: true, limit), new PlatformAction.Deploy(new Release(1, 9, 0), freshMetadata: true, limit)];
        foreach (var action in actions)
        {
            await kube.Platform.ExecuteAsync(action, source, execution, default);
        }
    }

    private static IEnumerable<string> ServicesOf(KubeCluster kube) => kube.Store.List("services")
        .Select(service => ManifestCleaner.Clean(service).ToJsonString())
        .Order(StringComparer.Ordinal);

    private static void Change(KubeCluster kube, string name, Action<System.Text.Json.Nodes.JsonObject> change)
    {
        var service = kube.Store.Find("services", "default", name)!;
        change(service);
        kube.Store.Put("services", service);
    }

    private static int[] NodePorts(KubeCluster kube, string service) =>
        [.. kube.Store.Find("services", "default", service)!.Spec().Items("ports").Select(port => port["nodePort"]!.GetValue<int>())];

    private static async Task<string> TrafficAsync(ICluster cluster)
    {
        var api = await KubeConnection.OpenAsync(cluster, default);
        return InstallationFacts.Of(await InstallationReader.ReadAsync(api, default)).Single(fact => fact.Topic == "Traffic").Text;
    }

    private static string? UidOf(JsonObject value) => value.Metadata()["uid"]?.GetValue<string>();

    private static IReadOnlyList<JsonObject> PachdPodsOf(KubeCluster kube) =>
        [.. kube.Store.List("pods").Where(pod => pod.Metadata()["labels"]?["app"]?.GetValue<string>() == "pachd")];
}

using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>Node ports that another service has when the deployment needs them.</summary>
public sealed class NodePortTests
{
    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Fence Fence = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task ALeftOverServiceOfAPipeline_GivesItsNodePortToTheNextRelease_AndToTheOldOne()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        await CreateServiceOfPipelineAsync(kube);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        Assert.Equal(30080, NodePortOfDash(kube));

        await kube.Platform.RevertAsync(Deploy, execution.Target, execution, default);
        await CreateServiceOfPipelineAsync(kube);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        Assert.Equal(30080, NodePortOfDash(kube));
        Assert.Null(kube.Store.Find("services", "default", "pipeline-server-v1-user"));
    }

    [Fact]
    public async Task AServiceOfSomebodyElse_IsNamed_AndStays()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await CreateServiceAsync(kube, """{ "name": "web" }""");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default));

        Assert.Equal("node port 30080 of Service dash belongs to Service web in namespace \"default\"", failure.Message);
        Assert.NotNull(kube.Store.Find("services", "default", "web"));
    }

    [Fact]
    public async Task AUserWhoMayNotSeeTheOwner_IsToldHowToFindIt()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await Kubectl.CreateAsync(kube.Server, """{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop" } }""");
        await CreateServiceAsync(kube, """{ "name": "web" }""", "shop");
        kube.Server.Access.DenyClusterWide("list", "services");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default));

        Assert.Contains("provided port is already allocated", failure.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl get services --all-namespaces", failure.Remedy, StringComparison.Ordinal);
    }

    // The fence moves 30080 away from dash, and pachd can then create the service of a pipeline with this port.
    [Fact]
    public async Task AFenceThatMovesNodePorts_GetsThemBackFromAPipeline()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var source = kube.Cluster("source", ("fence", "node-ports"));
        var execution = kube.Execution(source);
        await kube.Platform.ExecuteAsync(Fence, source, execution, default);
        Assert.Equal(30079, NodePortOfDash(kube));
        await CreateServiceOfPipelineAsync(kube);

        await kube.Platform.RevertAsync(Fence, source, execution, default);

        Assert.Equal(30080, NodePortOfDash(kube));
    }

    private static Task CreateServiceOfPipelineAsync(KubeCluster kube) => CreateServiceAsync(
        kube,
        """
        { "name": "pipeline-server-v1-user",
          "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-server-v1", "pipelineName": "server" } }
        """);

    private static Task CreateServiceAsync(KubeCluster kube, string metadata, string ns = "default") => Kubectl.CreateAsync(
        kube.Server,
        $$"""
        { "apiVersion": "v1", "kind": "Service", "metadata": {{metadata}},
          "spec": { "type": "NodePort", "ports": [{ "name": "user-port", "port": 8080, "nodePort": 30080 }] } }
        """,
        ns);

    private static int NodePortOfDash(KubeCluster kube) =>
        kube.Store.Find("services", "default", "dash")!.Spec().Items("ports").First()["nodePort"]!.GetValue<int>();
}

using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Controllers;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Undeploying;

/// <summary>A pachd that is being deleted makes the objects of its workers again. Nothing of that is left, and no node port is lost to it.</summary>
public sealed class LeftOverObjectsTests
{
    private const string Worker =
        """
        { "apiVersion": "v1", "kind": "Service",
          "metadata": { "name": "pipeline-server-v1-user",
                        "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-server-v1", "pipelineName": "server" } },
          "spec": { "type": "NodePort", "ports": [{ "name": "user-port", "port": 8080, "nodePort": 30080 }] } }
        { "apiVersion": "v1", "kind": "ReplicationController",
          "metadata": { "name": "pipeline-server-v1",
                        "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-server-v1", "pipelineName": "server" } },
          "spec": { "replicas": 1, "selector": { "app": "pipeline-server-v1" },
                    "template": { "metadata": { "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-server-v1" } },
                                  "spec": { "containers": [{ "name": "user", "image": "alpine" }] } } } }
        """;

    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task WhatADyingPachdMakesAgain_IsRemoved_AndTheNextReleaseGetsItsNodePorts()
    {
        await using var kube = await StartAsync();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        Assert.Empty(kube.Store.List("services"));
        Assert.Empty(kube.Store.List("replicationcontrollers"));

        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        Assert.Equal(30080, NodePortOfDash(kube));
    }

    [Fact]
    public async Task ACallThatArrivesAfterItsPachdIsGone_IsNotTheLastWord()
    {
        await using var kube = await StartAsync();
        var execution = kube.Execution();
        var workers = kube.Store.Find("replicationcontrollers", "default", "pipeline-server-v1")!;
        kube.Server.Faults.Interfere("DELETE", "/services/pachd", () => kube.Store.Put("replicationcontrollers", workers));

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        Assert.Empty(kube.Store.List("replicationcontrollers"));
        Assert.Empty(kube.Store.List("pods"));
    }

    [Fact]
    public async Task WhatKeepsComingBack_IsNamed()
    {
        await using var kube = await StartAsync();
        var execution = kube.Execution();
        BringBack(kube);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));

        Assert.Equal("objects of workers in namespace \"default\" come back after each deletion: Service pipeline-server-v1-user of pipeline \"server\"", failure.Message);
    }

    [Fact]
    public async Task AnUndeployingThatWasInterrupted_IsFinished_AndRolledBackWithEveryReplica()
    {
        await using var kube = await StartAsync();
        var before = kube.Snapshot();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        kube.Server.Faults.Inject("DELETE", "/deployments/pachd", error: null);

        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));
        Assert.Equal(0, kube.Store.Find("deployments", "default", "pachd")!.Spec()["replicas"]!.GetValue<int>());

        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        Assert.Equal(before, kube.Snapshot());

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        Assert.Empty(kube.Store.List("deployments"));
    }

    /// <summary>A Pachyderm with workers whose pachd looks after them until its pod is gone.</summary>
    private static async Task<KubeCluster> StartAsync()
    {
        var kube = await KubeCluster.StartAsync();
        await Kubectl.CreateAsync(kube.Server, Worker);
        var pachd = new DyingPachd(kube.Server);
        kube.Controller!.HasEnded = pachd.HasEndedAsync;
        kube.Store.Delete("services", "default", "pipeline-server-v1-user");
        await Kubectl.CreateAsync(kube.Server, KubeCluster.TextOf("local-1.8.7"));
        return kube;
    }

    private static int NodePortOfDash(KubeCluster kube) =>
        kube.Store.Find("services", "default", "dash")!.Spec().Items("ports").First()["nodePort"]!.GetValue<int>();

    /// <summary>Something that makes the service of a worker again as soon as it is deleted, whether there is a pachd or not.</summary>
    // Somebody else makes the service again before each look.
    private static void BringBack(KubeCluster kube)
    {
        const int moreLooksThanPachUpMakes = 100;
        var service = JsonNode.Parse(Worker[..Worker.IndexOf("{ \"apiVersion\": \"v1\", \"kind\": \"ReplicationController\"", StringComparison.Ordinal)])!.AsObject();
        service.Metadata()["namespace"] = "default";
        for (var look = 0; look < moreLooksThanPachUpMakes; look++)
        {
            kube.Server.Faults.Interfere("GET", "/services", () => kube.Store.Put("services", service));
        }
    }
}

using System.Text.Json;
using PachUp.KubeApiServer;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Looking;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Kubernetes.Tests.Looking;

public sealed class InstallationReaderTests
{
    private const string Worker =
        """
        { "apiVersion": "v1", "kind": "ReplicationController",
          "metadata": { "name": "pipeline-edges-v1",
                        "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-edges-v1", "pipelineName": "edges" } },
          "spec": { "replicas": 1, "selector": { "app": "pipeline-edges-v1" },
                    "template": { "metadata": { "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-edges-v1", "pipelineName": "edges" } },
                                  "spec": { "containers": [{ "name": "user", "image": "edges" }] } } } }
        { "apiVersion": "v1", "kind": "Event", "metadata": { "name": "pipeline-edges-v1.1" }, "type": "Warning", "reason": "REASON",
          "message": "exceeded quota: compute", "lastTimestamp": "2999-01-01T00:00:00Z",
          "involvedObject": { "kind": "ReplicationController", "name": "pipeline-edges-v1", "namespace": "default" } }
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("ImagePullBackOff", "pipeline \"edges\": pod pipeline-edges-v1-0, container user: ImagePullBackOff (the container does not start: ImagePullBackOff)")]
    [InlineData("", "pipeline \"edges\": ReplicationController pipeline-edges-v1: FailedCreate (exceeded quota: compute)")]
    public async Task PodsOfWorkersThatDoNotStart_AreNamedWithTheirPipeline(string reason, string expected)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: reason.Length > 0);
        if (kube.Controller is { } controller)
        {
            controller.TroubleOf = image => image == "edges" ? reason : null;
        }

        await Kubectl.CreateAsync(kube.Server, Worker.Replace("REASON", reason.Length > 0 ? "Other" : "FailedCreate", StringComparison.Ordinal));
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);
        Installation installation;
        do
        {
            installation = await InstallationReader.ReadAsync(api, default);
        }
        while (installation.WorkerTroubles.IsEmpty);

        Assert.Equal([expected], installation.WorkerTroubles.AsEnumerable());
        var workers = await kube.Platform.LookAtWorkersAsync(kube.Cluster(), default);
        Assert.Equal(["edges"], workers.Waiting.AsEnumerable());
        Assert.Equal([expected], workers.Troubles.AsEnumerable());
    }

    [Theory]
    [InlineData("local-1.7.14")]
    [InlineData("google-1.8.7")]
    [InlineData("custom-1.8.7")]
    [InlineData("amazon-1.9.12")]
    public async Task WhatIsDeployed_IsToldFromTheObjectsAlone(string manifests)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: manifests, runsPods: false);
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);

        var installation = await InstallationReader.ReadAsync(api, default);

        var text = JsonSerializer.Serialize(installation with { Release = null }, Indented);
        Snapshot.Match($"release {installation.Release}\n{text}", $"Installation {manifests}");
    }
}

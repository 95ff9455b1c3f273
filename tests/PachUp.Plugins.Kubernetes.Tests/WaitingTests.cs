using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>What is said while pods are waited for, and when they never come.</summary>
public sealed class WaitingTests
{
    private static readonly PlatformAction.Wait Wait = new(new Release(1, 8, 7), TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData("ImagePullBackOff", "", "pod pachd-0, container pachd: ImagePullBackOff (the container does not start: ImagePullBackOff)")]
    [InlineData("ContainerCreating", "FailedMount", "pod pachd-0: FailedMount (it happened)")]
    [InlineData("CrashLoopBackOff", "", "CrashLoopBackOff (the container does not start: CrashLoopBackOff), ended 7 times, last with exit code 137")]
    public async Task WhatKeepsAPodFromStarting_IsNamedAtOnce_AndWhenTimeIsUp(string reason, string happened, string said)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.TroubleOf = image => image.StartsWith("pachyderm/pachd", StringComparison.Ordinal) ? reason : null;
        await HappenAsync(kube, happened, "Pod", "pachd-0");
        var execution = kube.Execution();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Wait, execution.Source, execution, default));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains("after 00:10:00, still not ready: Deployment pachd: 0 of 1 pods ready", failure.Message, StringComparison.Ordinal);
        Assert.Contains(execution.Reports, report => report.Contains(said, StringComparison.Ordinal) && report.Contains($"pachd-0 {reason}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AClaimWithoutAVolume_IsNamed_WithWhatTheProvisionerSaid()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.LeavesClaimsPending = true;
        await HappenAsync(kube, "ProvisioningFailed", "PersistentVolumeClaim", "etcd-storage-etcd-0");
        kube.Store.Delete("persistentvolumeclaims", "default", "etcd-storage-etcd-0");
        var execution = kube.Execution();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Wait, execution.Source, execution, default));

        Assert.Contains("claim etcd-storage-etcd-0 is pending: ProvisioningFailed (it happened)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuotaThatLetsNoPodBeMade_IsNamed()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        await HappenAsync(kube, "FailedCreate", "ReplicaSet", "pachd-5c6f7");
        var execution = kube.Execution();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Wait, execution.Source, execution, default));

        Assert.Contains("Deployment pachd: FailedCreate (it happened)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Deployment dash: no controller of Kubernetes has looked at it yet", failure.Message, StringComparison.Ordinal);
    }

    private static Task HappenAsync(KubeCluster kube, string reason, string kind, string name) => reason.Length == 0 ? Task.CompletedTask : Kubectl.CreateAsync(
        kube.Server,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = $"{name}.1" },
            ["type"] = "Warning",
            ["reason"] = reason,
            ["message"] = "it happened",
            ["lastTimestamp"] = "2999-01-01T00:00:00Z",
            ["involvedObject"] = new JsonObject { ["kind"] = kind, ["name"] = name, ["namespace"] = "default" },
        }.ToJsonString());
}

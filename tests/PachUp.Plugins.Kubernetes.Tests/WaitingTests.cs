using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>What is said while pods are waited for, and when they never come.</summary>
public sealed class WaitingTests
{
    private static readonly PlatformAction.Wait Wait = new(new Release(1, 8, 7), TimeSpan.FromMinutes(10));

    [Fact]
    public async Task WhatKeepsAPodFromStarting_IsNamedAtOnce_AndWhenTimeIsUp()
    {
        const string said = "pod pachd-0: FailedMount (it happened)";
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.TroubleOf = image => IsPachd(image) ? "ContainerCreating" : null;
        await HappenAsync(kube, "FailedMount", "Pod", "pachd-0");
        var execution = kube.Execution();

        var failure = await FailureAsync(kube, execution);

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains("after 00:10:00, still not ready: Deployment pachd: 0 of 1 pods ready", failure.Message, StringComparison.Ordinal);
        Assert.Contains(execution.Reports, report => report.Contains(said, StringComparison.Ordinal) && report.Contains("pachd-0 ContainerCreating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnImageThatCannotBePulled_EndsTheWaitAfterTwoMinutes()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.TroubleOf = image => IsPachd(image) ? "ImagePullBackOff" : null;
        await HappenAsync(kube, "Failed", "Pod", "pachd-0");
        var execution = kube.Execution();

        var failure = await FailureAsync(kube, execution);

        Assert.StartsWith(
            "image pachyderm/pachd:1.8.7 of pod pachd-0 could not be pulled for 2 minutes: ImagePullBackOff (the container does not start: ImagePullBackOff)",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(["The last events of pachd-0:", "  2999-01-01T00:00:00Z Warning Failed: it happened"], failure.Details.AsEnumerable());
        Assert.Contains(execution.Reports, report => report.Contains("pachd-0 ImagePullBackOff", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AContainerThatCrashes_EndsTheWaitAfterFiveRestarts_WithTheEndOfBothLogsAndTheEvents()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.TroubleOf = image => IsPachd(image) ? "CrashLoopBackOff" : null;
        kube.Server.Logs.AppendPrevious("default", "pachd-0", "panic: the first one");
        for (var line = 1; line <= 30; line++)
        {
            kube.Server.Logs.Append("default", "pachd-0", $"line {line}");
        }

        kube.Server.Logs.End("default", "pachd-0");
        var failure = await FailureAsync(kube, kube.Execution());

        Assert.Matches("^container pachd of pod pachd-0 ended [5-9] times, last with exit code 137 \\(Error\\)", failure.Message);
        Assert.Equal(
            [
                "The last lines of the log of container pachd of pod pachd-0, before its last start:",
                "  panic: the first one",
                "The last lines of the log of container pachd of pod pachd-0:",
                .. Enumerable.Range(11, 20).Select(line => $"  line {line}"),
                "The last events of pachd-0:",
            ],
            failure.Details.Take(24));
        Assert.Matches("Warning BackOff: Back-off restarting failed container \\([5-9] times\\)", failure.Details[24]);
        Assert.Contains("Then resume the run, or roll it back", failure.Remedy, StringComparison.Ordinal);
    }

    // A log that may not be read must not hide why the step failed.
    [Fact]
    public async Task WithoutThePermissionForLogs_TheMissingPermissionIsNamedInPlaceOfTheLog()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.TroubleOf = image => IsPachd(image) ? "CrashLoopBackOff" : null;
        kube.Server.Access.Deny("get", "pods/log");

        var failure = await FailureAsync(kube, kube.Execution());

        Assert.StartsWith("container pachd of pod pachd-0 ended", failure.Message, StringComparison.Ordinal);
        Assert.Contains(failure.Details, line => line.Contains("lacks the permission \"get pods/log\" in namespace \"default\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AContainerThatRecovers_IsWaitedFor()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        var asked = 0;
        kube.Controller!.TroubleOf = image => IsPachd(image) && asked++ < 3 ? "CrashLoopBackOff" : null;
        var execution = kube.Execution();

        var result = await kube.Platform.ExecuteAsync(Wait, execution.Source, execution, default);

        Assert.Equal("Everything in namespace \"default\" is ready", result.Summary);
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

        Assert.StartsWith("claim etcd-storage-etcd-0 has had no volume for 2 minutes: ProvisioningFailed (it happened)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("claim etcd-storage-etcd-0 is pending: ProvisioningFailed (it happened)", execution.Reports[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuotaThatLetsNoPodBeMade_EndsTheWaitAfterTwoMinutes()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        await HappenAsync(kube, "FailedCreate", "ReplicaSet", "pachd-5c6f7");

        var failure = await FailureAsync(kube, kube.Execution());

        Assert.StartsWith(
            "Kubernetes has not created the pods of Deployment pachd for 2 minutes: FailedCreate (it happened)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Deployment dash: 0 of 1 pods ready", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no controller", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["The last events of pachd-5c6f7:", "  2999-01-01T00:00:00Z Warning FailedCreate: it happened"], failure.Details.AsEnumerable());
    }

    [Theory]
    [InlineData("", "pod pachd-0 has had no node for 2 minutes: Unschedulable (0/1 nodes are available: 1 node(s) were unschedulable.)")]
    [InlineData("TriggeredScaleUp", "after 00:10:00, still not ready: Deployment pachd: 0 of 1 pods ready; pod pachd-0 cannot be scheduled: Unschedulable")]
    public async Task APodWithoutANode_EndsTheWaitAfterTwoMinutes_UnlessAnAutoscalerBringsOne(string happened, string said)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.WhyUnscheduled = image => IsPachd(image) ? "0/1 nodes are available: 1 node(s) were unschedulable." : null;
        if (happened.Length > 0)
        {
            await HappenAsync(kube, happened, "Pod", "pachd-0", type: "Normal");
        }

        var failure = await FailureAsync(kube, kube.Execution());

        Assert.StartsWith(said, failure.Message, StringComparison.Ordinal);
    }

    // A claim whose provisioner does not run waits without a warning.
    [Theory]
    [InlineData("", "claim etcd-storage-etcd-0 has had no volume for 2 minutes: ExternalProvisioning (it happened)")]
    [InlineData("Provisioning", "after 00:10:00, still not ready: StatefulSet etcd: 0 of 1 pods ready")]
    public async Task AClaimThatNoProvisionerLooksAt_EndsTheWaitAfterTwoMinutes(string alsoHappened, string said)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Controller!.LeavesClaimsPending = true;
        await HappenAsync(kube, "ExternalProvisioning", "PersistentVolumeClaim", "etcd-storage-etcd-0", type: "Normal");
        if (alsoHappened.Length > 0)
        {
            await HappenAsync(kube, alsoHappened, "PersistentVolumeClaim", "etcd-storage-etcd-0", type: "Normal");
        }

        kube.Store.Delete("persistentvolumeclaims", "default", "etcd-storage-etcd-0");
        var failure = await FailureAsync(kube, kube.Execution());

        Assert.StartsWith(said, failure.Message, StringComparison.Ordinal);
    }

    // A deployment keeps the pod of before until the new one is ready: then a ready pod says nothing about the new one.
    [Fact]
    public async Task AReadyPodWithEarlierSettings_IsNotEnough()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        await kube.SettleAsync();
        var pachd = kube.Store.Find("deployments", "default", "pachd")!;
        pachd["status"]!["replicas"] = 2;
        kube.Store.Put("deployments", pachd);

        var failure = await FailureAsync(kube, kube.Execution());

        Assert.StartsWith("after 00:10:00, still not ready: Deployment pachd: 1 of 1 pods ready, 1 of them with its earlier settings", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsPachd(string image) => image.StartsWith("pachyderm/pachd", StringComparison.Ordinal);

    private static Task<StepFailedException> FailureAsync(KubeCluster kube, StubExecution execution) =>
        Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Wait, execution.Source, execution, default));

    private static Task HappenAsync(KubeCluster kube, string reason, string kind, string name, string type = "Warning") => Kubectl.CreateAsync(
        kube.Server,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = $"{name}.{reason.ToLowerInvariant()}" },
            ["type"] = type,
            ["reason"] = reason,
            ["message"] = "it happened",
            ["lastTimestamp"] = "2999-01-01T00:00:00Z",
            ["involvedObject"] = new JsonObject { ["kind"] = kind, ["name"] = name, ["namespace"] = "default" },
        }.ToJsonString());
}

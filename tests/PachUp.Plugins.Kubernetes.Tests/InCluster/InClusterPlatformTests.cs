using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Tests.InCluster;

public sealed class InClusterPlatformTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("manifests", "deployed/")]
    [InlineData("pachctl", "google bucket 10")]
    [InlineData("kubeconfig", "elsewhere.yaml")]
    public async Task WhatIsOnThisMachineOnly_IsRefused(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<StepFailedException>(() =>
            new KubernetesPlatform().SettingsThereAsync(ImmutableSortedDictionary<string, string>.Empty.Add(setting, value), default));

        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains($"\"{setting}: {value}\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhileAJobWorks_ThereIsNoOther()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_10, runsPods: false);
        var started = await kube.Platform.StartAsync(RunIn(kube), default);

        var refused = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.StartAsync(RunIn(kube), default));

        Assert.Contains("job \"pachup-1\" works in namespace \"default\" already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(started, await kube.Platform.FindAsync(started.Settings, default), SameJob);
    }

    [Fact]
    public async Task OfTwoThatStartAtOnce_TheServerRefusesTheSecond_AndTheFirstKeepsItsFiles()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        var api = await JobPlace.OpenAsync(kube.Cluster().Settings, default);
        var (one, other) = (await JobStarter.OpenAsync(RunIn(kube), default), await JobStarter.OpenAsync(RunIn(kube), default));
        await one.StartAsync(default);

        await Assert.ThrowsAsync<StepFailedException>(() => other.StartAsync(default));

        Assert.Single(kube.Store.List("jobs"));
        Assert.NotNull(kube.Store.Find("secrets", api.Namespace, "pachup-1"));
    }

    [Fact]
    public async Task WithoutItsFiles_NoJobStays()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        kube.Server.Faults.Inject("POST", "/secrets", KubeApiServer.ApiException.Forbidden("the quota of secrets is used up"));

        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.StartAsync(RunIn(kube), default));

        Assert.Empty(kube.Store.List("jobs"));
    }

    [Fact]
    public async Task ANamespaceThatIsNotThere_IsRefused_SinceTheJobNeedsARoleInIt()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var run = RunIn(kube, alsoIn: "new");

        var refused = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.PreviewAsync(run, default));

        Assert.Contains("namespace \"new\" does not exist", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheAccountOfTheSourcesNamespace_GetsARoleInTheTargets()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "new" } });
        var run = RunIn(kube, alsoIn: "new");

        await kube.Platform.StartAsync(run, default);

        var binding = kube.Store.Find("rolebindings", "new", "pachup")!;
        Assert.Equal("default", binding.Items("subjects").Single().Text("namespace"));
        Assert.NotNull(kube.Store.Find("roles", "new", "pachup"));
        Assert.Null(kube.Store.Find("jobs", "new", "pachup-1"));
    }

    [Fact]
    public async Task GoingOn_NeedsRunsToGoOnWith()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);

        var refused = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.StartAsync(RunThatContinuesIn(kube), default));

        Assert.Contains("no run was started there with --in-cluster", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "pachup-1-x7k2p", null, null)]
    [InlineData("default/pachup-1", "pachup-1-x7k2p", "Running", true)]
    [InlineData("default/pachup-1", "pachup-1-x7k2p", "Failed", false)]
    [InlineData("default/pachup-1", "pachup-1-x7k2p", null, false)]
    [InlineData("elsewhere/pachup-1", "pachup-1-x7k2p", "Running", false)]
    public async Task OfAHolderInAJob_ThePodTellsWhetherItRuns(string job, string host, string? phase, bool? expected)
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        if (phase is not null)
        {
            var pod = PodThatEnded(0, "Completed");
            pod.Child("status")["phase"] = phase;
            kube.Store.Put("pods", pod);
        }

        Assert.Equal(expected, await kube.Platform.IsRunningAsync(kube.Cluster(), HolderOn(host) with { Job = job }, default));
    }

    [Fact]
    public async Task GoingOn_KeepsWhatTheAccountMayDo_ThoughPachydermIsUndeployedMeanwhile()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        await StartAndEndAsync(kube);
        var before = kube.Store.Find("clusterroles", "", "pachup-default")!["rules"]!.ToJsonString();
        kube.Store.Delete("clusterroles", "", "pachyderm");

        await kube.Platform.StartAsync(RunThatContinuesIn(kube), default);

        Assert.Contains("endpoints", before, StringComparison.Ordinal);
        Assert.Equal(before, kube.Store.Find("clusterroles", "", "pachup-default")!["rules"]!.ToJsonString());
    }

    [Fact]
    public async Task AClaimThatWaits_IsToldWithItsReason_BeforeTheTimeIsUp()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var process = await kube.Platform.StartAsync(RunIn(kube), default);
        kube.Store.Put("events", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "claim.1", ["namespace"] = "default" },
            ["involvedObject"] = new JsonObject { ["name"] = "pachup-state" },
            ["type"] = "Warning",
            ["reason"] = "ProvisioningFailed",
            ["message"] = "no such class",
        });
        var listener = new RecordingListener();
        using var end = new CancellationTokenSource();

        var following = kube.Platform.FollowAsync(process, Long, listener.OnLine, listener.OnNotice, end.Token);
        await listener.Noticed.WaitAsync(Long);
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Contains("Kubernetes has not created a pod for job \"pachup-1\" yet; claim pachup-state is pending: ProvisioningFailed (no such class)", listener.Notices[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "Error", 3, "")]
    [InlineData(137, "OOMKilled", null, "Kubernetes ended the job: BackoffLimitExceeded (OOMKilled, exit code 137)")]
    [InlineData(130, "Error", null, "Kubernetes ended the job: BackoffLimitExceeded (Error, exit code 130)")]
    public async Task TheEndOfTheJob_IsTheEndOfTheFollowing_AfterTheWholeLog(int exitCode, string reason, int? expected, string expectedReason)
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var process = await kube.Platform.StartAsync(RunIn(kube), default);
        kube.Server.Logs.Append("default", "pachup-1-x7k2p", "the last words");
        kube.Server.Logs.End("default", "pachup-1-x7k2p");
        kube.Store.Put("pods", PodThatEnded(exitCode, reason));
        EndJob(kube);
        var listener = new RecordingListener();

        var end = await kube.Platform.FollowAsync(process, Long, listener.OnLine, listener.OnNotice, default);

        Assert.Equal(["the last words"], listener.Lines);
        Assert.Equal(expected, end.ExitCode);
        Assert.Equal(expectedReason, end.Reason);
    }

    [Fact]
    public async Task APodThatEndedFromOutside_IsFollowedByTheNext_AndTheLogOfTheOneThatEndedByItselfCounts()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var process = await kube.Platform.StartAsync(RunIn(kube), default);
        kube.Store.Put("pods", PodThatEnded(137, "Evicted"));
        kube.Server.Logs.End("default", "pachup-1-x7k2p");
        var listener = new RecordingListener();

        var following = kube.Platform.FollowAsync(process, Long, listener.OnLine, listener.OnNotice, default);
        await listener.Noticed.WaitAsync(Long);
        Assert.True((await kube.Platform.FindAsync(process.Settings, default))!.IsActive);
        kube.Server.Logs.Append("default", "pachup-1-y8l3q", "went on");
        kube.Server.Logs.End("default", "pachup-1-y8l3q");
        kube.Store.Put("pods", PodThatEnded(1, "Error", "pachup-1-y8l3q"));
        kube.Store.Put("pods", PodThatEnded(1, "Error", "pachup-1-z9m4r"));
        var end = await following;

        Assert.Equal(1, end.ExitCode);
        Assert.Equal(["went on"], listener.Lines);
        Assert.Equal(
            [
                "pod pachup-1-x7k2p was ended from outside (Evicted, exit code 137); Kubernetes starts another pod, which goes on with the run",
                "pod pachup-1-y8l3q goes on with the run of pod pachup-1-x7k2p, which did not end by itself",
            ],
            listener.Notices);
        Assert.False((await kube.Platform.FindAsync(process.Settings, default))!.IsActive);
    }

    [Fact]
    public async Task AnApiServerThatIsAwayForAWhile_DoesNotEndTheFollowing()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var process = await kube.Platform.StartAsync(RunIn(kube), default);
        kube.Store.Put("pods", PodThatEnded(0, "Completed"));
        kube.Server.Logs.End("default", "pachup-1-x7k2p");
        kube.Server.Faults.Inject("GET", "/jobs/", error: null, times: 2);
        var listener = new RecordingListener();

        var end = await kube.Platform.FollowAsync(process, Long, listener.OnLine, listener.OnNotice, default);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("lost the connection to the API server, trying again; the job continues", Assert.Single(listener.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJobThatSomebodyDeletes_EndsTheFollowing()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var process = await kube.Platform.StartAsync(RunIn(kube), default);
        kube.Store.Delete("jobs", "default", "pachup-1");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.FollowAsync(process, Long, _ => { }, _ => { }, default));

        Assert.Contains("is not there any more", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APreview_ShowsNoSecret()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var run = RunIn(kube, password: "hidden");

        var preview = await kube.Platform.PreviewAsync(run, default);

        Assert.DoesNotContain("hidden", preview.Manifests, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("hidden"u8), preview.Manifests, StringComparison.Ordinal);
        Assert.Contains("PASSWORD", preview.Manifests, StringComparison.Ordinal);
    }

    private static bool SameJob(RemoteProcess? one, RemoteProcess? other) => (one?.Name, one?.IsActive, one?.PlanName, one?.PlanHash) == (other?.Name, other?.IsActive, other?.PlanName, other?.PlanHash);

    private static RemoteRun RunIn(KubeCluster kube, string? alsoIn = null, string password = "") => new()
    {
        Clusters = [kube.Cluster().Settings, .. alsoIn is null ? [] : new[] { kube.Cluster("target", ("namespace", alsoIn)).Settings }],
        Arguments = ["apply", "/etc/pachup/plan.yaml"],
        PlanName = "plan",
        PlanHash = "0123456789ab",
        Plan = "name: plan",
        Image = "pachup:1",
        StorageSize = "10Gi",
        SecretVariables = ImmutableSortedDictionary<string, string>.Empty.Add("PASSWORD", password),
    };

    private static RemoteRun RunThatContinuesIn(KubeCluster kube) => new()
    {
        Clusters = [kube.Cluster().Settings],
        Arguments = ["apply", "--resume"],
        PlanName = "plan",
        Image = "pachup:1",
        StorageSize = "10Gi",
    };

    private static async Task StartAndEndAsync(KubeCluster kube)
    {
        await kube.Platform.StartAsync(RunIn(kube), default);
        kube.Store.Put("pods", PodThatEnded(1, "Error"));
    }

    private static JsonObject PodThatEnded(int exitCode, string reason, string name = "pachup-1-x7k2p") => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "default",
            ["labels"] = new JsonObject { ["job-name"] = "pachup-1" },
        },
        ["status"] = new JsonObject
        {
            ["phase"] = "Failed",
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "pachup",
                ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exitCode, ["reason"] = reason } },
            }),
        },
    };

    private static void EndJob(KubeCluster kube)
    {
        var job = kube.Store.Find("jobs", "default", "pachup-1")!;
        var condition = new JsonObject { ["type"] = "Failed", ["status"] = "True", ["reason"] = "BackoffLimitExceeded" };
        job["status"] = new JsonObject { ["conditions"] = new JsonArray(condition) };
        kube.Store.Put("jobs", job);
    }

    private static LockHolder HolderOn(string host) => new()
    {
        Run = "20250301-101500-3f9a",
        RunDirectory = "/state/runs/20250301-101500-3f9a",
        User = "somebody",
        Host = host,
        ProcessId = 1,
        ProcessStarted = DateTimeOffset.UnixEpoch,
        Since = DateTimeOffset.UnixEpoch,
    };
}

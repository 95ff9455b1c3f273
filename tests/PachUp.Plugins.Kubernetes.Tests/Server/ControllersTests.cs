using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Server;

/// <summary>The controllers of the test behave as those in the recording 08-in-place-1.8.7-1.9.0.</summary>
public sealed class ControllersTests
{
    [Fact]
    public async Task APod_GoesThroughTheRecordedStates_AndIsMarkedBeforeItIsGone()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        await ReadyAsync(kube);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(new PlatformAction.Undeploy(keepVolumes: true, TimeSpan.FromMinutes(10)), execution.Source, execution, default);

        var states = kube.Store.EventsAfter(0).Where(change => change.StorageName == "pods" && change.Object.Name() == "dash-0").Select(StateOf);

        Assert.Equal(
            [
                "ADDED Pending", "MODIFIED Pending PodScheduled=True", "MODIFIED Running Initialized=True Ready=False PodScheduled=True",
                "MODIFIED Running Initialized=True Ready=True PodScheduled=True", "MODIFIED Running Initialized=True Ready=True PodScheduled=True, terminating",
                "DELETED Running Initialized=True Ready=True PodScheduled=True, terminating",
            ],
            states);
    }

    [Fact]
    public async Task TheEndpointsOfAService_AreItsReadyPods_AndGoWithIt()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        await ReadyAsync(kube);
        var pachd = Assert.Single(kube.Store.Find("endpoints", "default", "pachd")!.Items("subsets"));
        Assert.Equal("pachd-0", Assert.Single(pachd.Items("addresses")).Child("targetRef").Text("name"));

        kube.Store.Delete("services", "default", "pachd");
        while (kube.Store.Find("endpoints", "default", "pachd") is not null)
        {
            await kube.Store.Changed;
        }

        Assert.NotNull(kube.Store.Find("endpoints", "default", "dash"));
    }

    private static async Task ReadyAsync(KubeCluster kube)
    {
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(new PlatformAction.Wait(new Release(1, 8, 7), TimeSpan.FromMinutes(10)), execution.Source, execution, default);
    }

    private static string StateOf(StoreEvent change)
    {
        var status = change.Object.Child("status");
        var conditions = status.Items("conditions").Select(condition => $" {condition.Text("type")}={condition.Text("status")}");
        return $"{change.Type} {status.Text("phase")}{string.Concat(conditions)}{(change.Object.Metadata().ContainsKey("deletionTimestamp") ? ", terminating" : "")}";
    }
}

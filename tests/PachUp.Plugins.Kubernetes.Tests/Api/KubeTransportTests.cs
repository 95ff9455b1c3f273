using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;

namespace PachUp.Plugins.Kubernetes.Tests.Api;

/// <summary>A server that starts again refuses everything for some seconds, until it has read its roles. This was seen on Kubernetes 1.20.</summary>
public sealed class KubeTransportTests
{
    private static readonly ApiException Refusal = ApiException.Forbidden("pods is forbidden: User \"tester\" cannot list resource \"pods\"");

    [Fact]
    public async Task ARefusalRightAfterAnOutage_IsTriedAgain()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var api = await OpenAsync(kube);
        kube.Server.Faults.Inject("GET", "/pods", error: null);
        kube.Server.Faults.Inject("GET", "/pods", Refusal);

        Assert.Empty(await api.ListAsync("Pod", "", default));
    }

    [Fact]
    public async Task AChangeThatIsRefusedRightAfterAnOutage_IsTriedAgain()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var api = await OpenAsync(kube);
        kube.Server.Faults.Inject("GET", "/pods", error: null);
        await api.ListAsync("Pod", "", default);
        kube.Server.Faults.Inject("POST", "/configmaps", Refusal);

        await api.CreateAsync(
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "default" } }, default);

        Assert.NotNull(kube.Store.Find("configmaps", "default", "a"));
    }

    [Fact]
    public async Task ARefusalWithoutAnOutage_IsFinal()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var api = await OpenAsync(kube);
        kube.Server.Faults.Inject("GET", "/pods", Refusal);

        var failure = await Assert.ThrowsAsync<KubeException>(() => api.ListAsync("Pod", "", default));

        Assert.True(failure.IsForbidden);
    }

    private static Task<KubeApi> OpenAsync(KubeCluster kube) => KubeConnection.OpenAsync(
        kube.Cluster() with { Address = new ClusterAddress { Host = "127.0.0.1", Timeouts = PachdTimeouts.Default with { Pause = TimeSpan.FromMilliseconds(1) } } },
        default);
}

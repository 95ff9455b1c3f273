using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;
using PachUp.Plugins.Kubernetes.Connections;

namespace PachUp.Plugins.Kubernetes.Tests.Connections;

public sealed class PachdPodsTests
{
    [Fact]
    public async Task ANamespaceThatDoesNotExist_IsNamed_WithThoseThatHaveAPachd()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("pods", Pod("pachd-0", "prod"));
        kube.Store.Put("pods", Pod("pachd-0", "lab"));

        var failure = await FailureAsync(kube, "nosuch");

        Assert.Equal("namespace \"nosuch\" does not exist", failure.Trouble.Found);
        Assert.Equal("Give its namespace with --namespace. There is a pachd in: lab, prod.", failure.Trouble.Remedy);
    }

    [Fact]
    public async Task ANamespaceWithoutPachd_IsNamed()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);

        var failure = await FailureAsync(kube, "default");

        Assert.Equal("there is no pachd in namespace \"default\"", failure.Trouble.Found);
        Assert.Equal("No namespace of this cluster has a pod of pachd. Choose another cluster with --kube-context.", failure.Trouble.Remedy);
    }

    [Fact]
    public async Task WithoutPermissionForOtherNamespaces_TheMessageSaysSo()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Server.Access.DenyClusterWide("list", "pods");

        var failure = await FailureAsync(kube, "nosuch");

        Assert.Equal("namespace \"nosuch\" does not exist", failure.Trouble.Found);
        Assert.Contains("may not list the pods of all namespaces", failure.Trouble.Remedy, StringComparison.Ordinal);
    }

    // Permissions are usually granted in single namespaces: a wrong name is refused before the server looks whether the namespace exists.
    [Theory]
    [InlineData("nosuch", "namespace \"nosuch\" does not exist")]
    [InlineData("default", "the user of the kubeconfig may not list pods in namespace \"default\" (pods is forbidden: User \"tester\" cannot list resource \"pods\"")]
    public async Task WherePodsMayNotBeListed_AMissingNamespaceAndAMissingPermissionAreToldApart(string ns, string found)
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Server.Access.Deny("list", "pods");

        var failure = await FailureAsync(kube, ns);

        Assert.StartsWith(found, failure.Trouble.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PodsThatAreNotReady_AreNamedWithTheirReasons()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var pod = Pod("pachd-0", "default", ready: false);
        pod.Child("status")["containerStatuses"] = new JsonArray(new JsonObject
        {
            ["name"] = "pachd",
            ["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ImagePullBackOff", ["message"] = "no such image" } },
        });
        kube.Store.Put("pods", pod);

        var failure = await FailureAsync(kube, "default");

        Assert.Equal(
            "no pod of pachd is ready in namespace \"default\" (pachd-0 ImagePullBackOff; pod pachd-0, container pachd: ImagePullBackOff (no such image))",
            failure.Trouble.Found);
    }

    [Fact]
    public async Task ADeploymentWithoutPods_IsNamed()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);

        var failure = await FailureAsync(kube, "default");

        Assert.Equal(
            "no pod of pachd is ready in namespace \"default\" (Deployment pachd: no controller of Kubernetes has looked at it yet)", failure.Trouble.Found);
    }

    [Fact]
    public async Task APodThatIsBeingDeleted_IsTakenOnlyIfThereIsNoOther()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var old = Pod("pachd-a", "default");
        old.Metadata()["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        kube.Store.Put("pods", old);
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);
        var alone = await PachdPods.FindReadyAsync(api, default);

        kube.Store.Put("pods", Pod("pachd-b", "default"));
        api.Transport.ForgetRecent("Pod");
        var beside = await PachdPods.FindReadyAsync(api, default);

        Assert.Equal(("pachd-a", "pachd-b"), (alone.Name(), beside.Name()));
    }

    private static async Task<ForwardException> FailureAsync(KubeCluster kube, string ns)
    {
        var api = await KubeConnection.OpenAsync(kube.Cluster("source", ("namespace", ns)), default);
        return await Assert.ThrowsAsync<ForwardException>(() => PachdPods.FindReadyAsync(api, default));
    }

    private static JsonObject Pod(string name, string ns, bool ready = true) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = ns,
            ["labels"] = new JsonObject { ["suite"] = "pachyderm", ["app"] = "pachd" },
        },
        ["spec"] = new JsonObject(),
        ["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready ? "True" : "False" }),
        },
    };
}

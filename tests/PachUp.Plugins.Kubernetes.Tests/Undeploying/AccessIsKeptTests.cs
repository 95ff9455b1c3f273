using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Undeploying;

/// <summary>Accounts, roles, bindings and secrets stay where they are between the old and the new release.</summary>
public sealed class AccessIsKeptTests
{
    private static readonly string[] Kinds = ["serviceaccounts", "clusterroles", "clusterrolebindings", "secrets"];

    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task AUserWhoMayNotGrantTheRoles_CanDeployAndGoBack()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        kube.Server.Access.Deny("escalate", "clusterroles");
        kube.Server.Access.DenyClusterWide("delete", "services");
        var uids = Uids(kube);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        await kube.Platform.RevertAsync(Deploy, execution.Target, execution, default);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);

        Assert.Equal(4, uids.Count);
        Assert.Equal(uids, Uids(kube));
    }

    [Fact]
    public async Task TheSecretOfAMinio_IsChanged_AndChangedBackExactly()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "custom-1.8.7");
        var before = KeysOfSecret(kube);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        Assert.Contains("minio-bucket", before);
        Assert.Contains("custom-endpoint", KeysOfSecret(kube));
        Assert.DoesNotContain("minio-bucket", KeysOfSecret(kube));

        await kube.Platform.RevertAsync(Deploy, execution.Target, execution, default);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        Assert.Equal(before, KeysOfSecret(kube));
    }

    private static List<string> Uids(KubeCluster kube) => [.. Kinds.SelectMany(kind => kube.Store.List(kind)).Select(value => value.Metadata().Text("uid"))];

    private static List<string> KeysOfSecret(KubeCluster kube) =>
        [.. kube.Store.Find("secrets", "default", "pachyderm-storage-secret")!.Child("data").Select(entry => entry.Key).Order(StringComparer.Ordinal)];
}

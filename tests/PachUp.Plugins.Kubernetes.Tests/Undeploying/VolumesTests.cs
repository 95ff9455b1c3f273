using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Undeploying;

/// <summary>The old volume of etcd is kept while the deployment is replaced, and is as before at every end.</summary>
public sealed class VolumesTests
{
    private const string OldClaim = "etcd-storage-etcd-0";
    private const string Before = "pachup.io/reclaim-policy-before";

    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task TheReclaimPolicy_IsRetainDuringTheRun_AndSetBackAtItsEnd()
    {
        await using var kube = await StartAsync();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        Assert.Equal("Retain", PolicyOf(VolumeOf(kube, OldClaim)));

        var said = await kube.Platform.EndRunAsync(execution.Target, default);

        Assert.StartsWith("The reclaim policy is as it was before the run: PersistentVolume ", said, StringComparison.Ordinal);
        Assert.Null(await kube.Platform.EndRunAsync(execution.Target, default));
        Assert.Equal("Delete", PolicyOf(VolumeOf(kube, OldClaim)));
        Assert.False(VolumeOf(kube, OldClaim).Metadata().Child("annotations").ContainsKey(Before));
    }

    [Fact]
    public async Task ARollback_SetsThePoliciesOfBothVolumesBack_AndNamesTheUnusedClaim()
    {
        await using var kube = await StartAsync();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);

        var removed = await kube.Platform.RevertAsync(Deploy, execution.Target, execution, default);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);

        Assert.Equal(2, kube.Store.List("persistentvolumes").Count);
        Assert.All(kube.Store.List("persistentvolumes"), volume => Assert.Equal(("Delete", false), (PolicyOf(volume), volume.Metadata().Child("annotations").ContainsKey(Before))));
        var note = Assert.Single(removed.Notes);
        Assert.EndsWith("delete it: kubectl -n default delete pvc etcd-storage-1-9-0-20260101-000000-0000-etcd-0", note, StringComparison.Ordinal);
    }

    // From Kubernetes 1.23 on, a stateful set may own its claims, and they are deleted with it.
    [Fact]
    public async Task AStatefulSetThatDeletesItsClaims_LosesThemBeforeItIsDeleted()
    {
        await using var kube = await StartAsync();
        var set = kube.Store.Find("statefulsets", "default", "etcd")!;
        set.Spec()["persistentVolumeClaimRetentionPolicy"] = new JsonObject { ["whenDeleted"] = "Delete", ["whenScaled"] = "Retain" };
        kube.Store.Put("statefulsets", set);
        var claim = kube.Store.Find("persistentvolumeclaims", "default", OldClaim)!;
        claim.Metadata()["ownerReferences"] = new JsonArray(
            new JsonObject { ["kind"] = "StatefulSet", ["name"] = "etcd", ["uid"] = set.Metadata()["uid"]!.ToString() }, new JsonObject { ["kind"] = "Backup", ["name"] = "b", ["uid"] = "1" });
        kube.Store.Put("persistentvolumeclaims", claim);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        string? policyAtTheEnd = null;
        kube.Server.Faults.Interfere("DELETE", "/statefulsets/etcd", () =>
            policyAtTheEnd = kube.Store.Find("statefulsets", "default", "etcd")!.Spec()["persistentVolumeClaimRetentionPolicy"]!["whenDeleted"]!.ToString());

        var preview = await kube.Platform.PreviewAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        Assert.Contains(preview.Effects, effect => effect.Thing == "StatefulSet etcd" && effect.Detail.Contains("becomes Retain", StringComparison.Ordinal));
        Assert.Equal("Retain", policyAtTheEnd);
        Assert.Equal("Backup", Assert.Single(kube.Store.Find("persistentvolumeclaims", "default", OldClaim)!.Metadata().Items("ownerReferences"))["kind"]!.ToString());
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        Assert.Equal("Delete", kube.Store.Find("statefulsets", "default", "etcd")!.Spec()["persistentVolumeClaimRetentionPolicy"]!["whenDeleted"]!.ToString());
    }

    [Fact]
    public async Task TheOldClaim_IsNamed_WithTheCommandThatDeletesIt()
    {
        await using var kube = await StartAsync();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        var deployed = await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);

        Assert.Equal(
            [
                $"Claim {OldClaim} (volume {VolumeOf(kube, OldClaim).Name()}) with the metadata of before stays. When you do not need it any more, delete it: "
                    + $"kubectl -n default delete pvc {OldClaim}",
            ],
            deployed.Notes.AsEnumerable());
    }

    [Fact]
    public async Task APolicyThatSomethingSetsBack_StopsTheRunBeforeTheFirstDeletion()
    {
        await using var kube = await StartAsync();
        var before = kube.Snapshot();
        var execution = kube.Execution();
        var volume = VolumeOf(kube, OldClaim);
        kube.Server.Faults.Interfere("PATCH", "/persistentvolumes/", () => kube.Server.Faults.Interfere("GET", "/persistentvolumes/", () => kube.Store.Put("persistentvolumes", volume)));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));

        Assert.StartsWith($"the reclaim policy of PersistentVolume {volume.Name()} is not Retain although PachUp has set it, so nothing was deleted", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task TheFreshClaim_HasTheClassAndTheSizeOfTheOldClaim_NotThoseOfItsTemplate()
    {
        await using var kube = await StartAsync("microsoft-1.8.7");
        Change(kube, claim =>
        {
            claim.Spec()["storageClassName"] = "fast";
            claim.Spec().Child("resources").Child("requests")["storage"] = "200Gi";
        });
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);

        var fresh = kube.Store.List("persistentvolumeclaims").Single(claim => claim.Name() != OldClaim).Spec();
        Assert.Equal(("fast", "200Gi"), (fresh.Text("storageClassName"), fresh.Child("resources").Child("requests").Text("storage")));
    }

    [Theory]
    [InlineData("google-1.8.7", "", CheckOutcome.Passed, "")]
    [InlineData("local-1.8.7", "", CheckOutcome.Passed, "")]
    [InlineData("custom-1.8.7", "", CheckOutcome.Passed, "")]
    [InlineData("microsoft-1.8.7", "fast", CheckOutcome.Refused, "claim etcd-storage-1-9-0-run-etcd-0: class \"fast\"")]
    [InlineData("microsoft-1.8.7", "", CheckOutcome.Warning, "claim etcd-storage-1-9-0-run-etcd-0")]
    public async Task AClassThatIsGone_IsNamedInThePlan(string manifests, string storageClass, CheckOutcome outcome, string missing)
    {
        await using var kube = await StartAsync(manifests);
        if (storageClass.Length > 0)
        {
            Change(kube, claim => claim.Spec()["storageClassName"] = storageClass);
        }

        var result = await new StorageClassCheck().AskAsync(kube.Execution(), default);

        Assert.Equal((outcome, missing), (result.Outcome, string.Join("; ", result.Items)));
    }

    private static async Task<KubeCluster> StartAsync(string manifests = "google-1.8.7")
    {
        var kube = await KubeCluster.StartAsync(manifests: manifests);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(new PlatformAction.Wait(new Release(1, 8, 7), TimeSpan.FromMinutes(10)), execution.Source, execution, default);
        return kube;
    }

    private static void Change(KubeCluster kube, Action<JsonObject> change)
    {
        var claim = kube.Store.Find("persistentvolumeclaims", "default", OldClaim)!;
        change(claim);
        kube.Store.Put("persistentvolumeclaims", claim);
    }

    private static JsonObject VolumeOf(KubeCluster kube, string claim) =>
        kube.Store.List("persistentvolumes").Single(volume => volume.Spec().Child("claimRef").Text("name") == claim);

    private static string PolicyOf(JsonObject volume) => volume.Spec().Text("persistentVolumeReclaimPolicy");
}

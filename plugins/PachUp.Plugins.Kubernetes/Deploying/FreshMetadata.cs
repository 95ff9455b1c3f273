using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Gives etcd new, empty storage and keeps the old storage: a pachd of another line cannot read the old metadata (pachyderm/pachyderm#3883). The new
/// storage is named after the release and the run, so that a second attempt does not find that of the first.
/// </summary>
/// <param name="target">The release that is deployed.</param>
/// <param name="run">The id of the run.</param>
/// <param name="isBeside">Whether the old deployment stays, and its volumes stay in use.</param>
internal sealed partial class FreshMetadata(Release target, string run, bool isBeside)
{
    /// <summary>The manifests with fresh storage for etcd.</summary>
    /// <exception cref="StepFailedException">etcd's storage was created by hand, so PachUp cannot create another.</exception>
    public DeploymentManifests In(DeploymentManifests manifests)
    {
        var etcd = manifests.Workload("etcd")?.Copy()
            ?? throw new StepFailedException("the saved manifests contain no etcd", "Deploy from your own manifests: \"manifests: DIR\" in the plan's cluster.");
        var storage = manifests.Objects.Where(IsStorageOfEtcd).ToList();
        var others = manifests.Objects.Where(value => value.Title() != etcd.Title() && !storage.Contains(value));
        return new DeploymentManifests([.. others, .. Renew(etcd, storage), etcd]);
    }

    private static bool IsStorageOfEtcd(JsonObject value) =>
        value.Kind() is "PersistentVolume" or "PersistentVolumeClaim" && value.Label(Labels.App) is "etcd" or "";

    private string Fresh(string name) => $"{EarlierSuffix().Replace(name, "")}-{target.ToString().Replace('.', '-')}-{run}";

    /// <returns>The new volumes and claims of etcd, except those that a stateful set creates itself.</returns>
    private List<JsonObject> Renew(JsonObject etcd, List<JsonObject> storage)
    {
        foreach (var template in etcd.Spec().Items("volumeClaimTemplates"))
        {
            if (storage.Find(value => value.Kind() == "PersistentVolumeClaim" && value.Name() == ClaimNames.First(template, etcd)) is { } old)
            {
                TakeClassAndSize(template, old);
            }

            var fresh = Fresh(template.Name());
            foreach (var mount in MountsOf(etcd, template.Name()))
            {
                mount["name"] = fresh;
            }

            template.Metadata()["name"] = fresh;
        }

        return [.. etcd.PodSpec().Items("volumes").SelectMany(volume => RenewVolume(etcd, volume, storage))];
    }

    // The claim may have got the class that was the default then, and more space since.
    private static void TakeClassAndSize(JsonObject template, JsonObject claim)
    {
        if (ClaimNames.ClassOf(template).Length == 0 && ClaimNames.ClassOf(claim) is { Length: > 0 } name)
        {
            template.Spec()["storageClassName"] = name;
        }

        if (claim.At("spec", "resources", "requests")?["storage"] is { } size)
        {
            template.Spec().Child("resources").Child("requests")["storage"] = size.DeepClone();
        }
    }

    private List<JsonObject> RenewVolume(JsonObject etcd, JsonObject volume, List<JsonObject> storage)
    {
        if (volume.At("hostPath") is { } directory)
        {
            directory["path"] = Fresh(directory.Text("path"));
            directory["type"] = "DirectoryOrCreate";
            return [];
        }

        if (volume.At("persistentVolumeClaim") is not { } reference)
        {
            return [];
        }

        var name = reference.Text("claimName");
        var old = storage.Find(value => value.Kind() == "PersistentVolumeClaim" && value.Name() == name);
        if (old is not null && IsProvisioned(old))
        {
            var claim = old.Copy();
            claim.Metadata()["name"] = Fresh(name);
            claim.Spec().Remove("volumeName");
            reference["claimName"] = claim.Name();
            return [claim];
        }

        if (isBeside)
        {
            throw new StepFailedException(
                $"etcd's claim \"{name}\" is on a volume that was created by hand and stays in use, so PachUp cannot create a fresh one",
                "Create a volume, write manifests with a claim to it, and give them with \"manifests: DIR\" in the plan's cluster.");
        }

        MoveToFolder(etcd, volume.Name());
        return storage;
    }

    // PachUp cannot create another disk, but this disk can hold a second folder. The old data is at its root, where etcd looks only for "member".
    private void MoveToFolder(JsonObject etcd, string volume)
    {
        foreach (var mount in MountsOf(etcd, volume))
        {
            mount["subPath"] = Fresh("etcd");
        }
    }

    private static bool IsProvisioned(JsonObject claim) => ClaimNames.ClassOf(claim).Length > 0;

    private static IEnumerable<JsonObject> MountsOf(JsonObject workload, string volume) =>
        workload.PodSpec().Items("containers").SelectMany(container => container.Items("volumeMounts")).Where(mount => mount.Text("name") == volume);

    [GeneratedRegex(@"-\d+-\d+-\d+-\d{8}-\d{6}-[0-9a-f]{4}\z")]
    private static partial Regex EarlierSuffix();
}

using System.Text.Json.Nodes;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Gives etcd storage that nobody has written to, beside the old one, which stays: on the old metadata a pachd of another line reads what it does
/// not understand (pachyderm/pachyderm#3883).
/// </summary>
internal sealed class FreshMetadata(Release target)
{
    private const string BetaStorageClass = "volume.beta.kubernetes.io/storage-class";

    private readonly string _suffix = $"-{target.ToString().Replace('.', '-')}";

    /// <summary>The manifests with fresh storage for etcd.</summary>
    /// <exception cref="StepFailedException">etcd's storage was made by hand, so PachUp cannot make another.</exception>
    public DeploymentManifests In(DeploymentManifests manifests)
    {
        var etcd = manifests.Workload("etcd")?.Copy()
            ?? throw new StepFailedException("there is no etcd among the saved manifests", "Deploy from manifests of your own: \"manifests: DIR\" in the plan's cluster.");
        var claims = Renew(etcd, manifests);
        var others = manifests.Objects.Where(value => value.Title() != etcd.Title() && !IsStorageOfEtcd(value));
        return new DeploymentManifests([.. others, .. claims, etcd]);
    }

    private static bool IsStorageOfEtcd(JsonObject value) =>
        value.Kind() is "PersistentVolume" or "PersistentVolumeClaim" && value.Label(Labels.App) is "etcd" or "";

    private List<JsonObject> Renew(JsonObject etcd, DeploymentManifests manifests)
    {
        foreach (var template in etcd.Spec().Items("volumeClaimTemplates"))
        {
            RenameMounts(etcd, template.Name());
            template.Metadata()["name"] = template.Name() + _suffix;
        }

        var claims = new List<JsonObject>();
        foreach (var volume in etcd.PodSpec().Items("volumes"))
        {
            if (volume.At("hostPath") is { } directory)
            {
                directory["path"] = directory.Text("path") + _suffix;
                directory["type"] = "DirectoryOrCreate";
            }
            else if (volume.At("persistentVolumeClaim") is { } reference)
            {
                var claim = NewClaim(manifests.Find("PersistentVolumeClaim", reference.Text("claimName")), reference.Text("claimName"));
                reference["claimName"] = claim.Name();
                claims.Add(claim);
            }
        }

        return claims;
    }

    private void RenameMounts(JsonObject workload, string name)
    {
        foreach (var mount in workload.PodSpec().Items("containers").SelectMany(container => container.Items("volumeMounts")).Where(mount => mount.Text("name") == name))
        {
            mount["name"] = name + _suffix;
        }
    }

    private JsonObject NewClaim(JsonObject? old, string name)
    {
        var storageClass = old?.Spec().Text("storageClassName") is { Length: > 0 } named ? named : old?.Annotation(BetaStorageClass) ?? "";
        if (old is null || storageClass.Length == 0)
        {
            throw new StepFailedException(
                $"etcd's claim \"{name}\" is on a volume that was made by hand, so no fresh one can be made for it",
                $"Make a volume, write manifests with a claim to it, and give them with \"manifests: DIR\" in the plan's cluster.");
        }

        var claim = old.Copy();
        claim.Metadata()["name"] = name + _suffix;
        claim.Spec().Remove("volumeName");
        return claim;
    }
}

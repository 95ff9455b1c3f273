using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Names the claims of etcd that are not used any more, and tells how to delete them later.</summary>
internal static class VolumeAdvice
{
    /// <summary>One sentence for each claim that one etcd used and another does not.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="before">The deployment with the etcd that used them.</param>
    /// <param name="after">The deployment with the etcd that is used from now on.</param>
    public static IEnumerable<string> About(string ns, DeploymentManifests before, DeploymentManifests after) =>
        UsedIn(before).Except(UsedIn(after))
            .Select(name => before.Find("PersistentVolumeClaim", name))
            .OfType<JsonObject>()
            .Select(claim => Describe(ns, claim, before.Find("PersistentVolume", claim.Spec().Text("volumeName"))));

    private static IEnumerable<string> UsedIn(DeploymentManifests manifests) =>
        manifests.Workload("etcd") is { } etcd ? ClaimNames.UsedBy(etcd) : [];

    private static string Describe(string ns, JsonObject claim, JsonObject? volume)
    {
        var onVolume = volume is null ? "" : $" (volume {volume.Name()})";
        var outlivesClaim = volume is not null && volume.Annotation(Labels.ReclaimPolicy).Length == 0 && volume.Spec().Text("persistentVolumeReclaimPolicy") == "Retain";
        var command = $"kubectl -n {ns} delete pvc {claim.Name()}{(outlivesClaim ? $" && kubectl delete pv {volume!.Name()}" : "")}";
        return $"Claim {claim.Name()}{onVolume} with the metadata of before stays. When you do not need it any more, delete it: {command}";
    }
}

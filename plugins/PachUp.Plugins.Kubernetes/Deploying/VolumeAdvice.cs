using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Tells the user which claims are not used any more, and how to delete them later.</summary>
internal static class VolumeAdvice
{
    /// <summary>One sentence for each claim of a deployment that another deployment does not use.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="unused">The deployment with the claims and their volumes.</param>
    /// <param name="used">The deployment that is used.</param>
    public static IEnumerable<string> About(string ns, DeploymentManifests unused, DeploymentManifests used)
    {
        var inUse = NewClaims.In(used, new DeploymentManifests([])).Select(claim => claim.Name).ToHashSet();
        return unused.Objects
            .Where(value => value.Kind() == "PersistentVolumeClaim" && value.Label(Labels.App) == "etcd" && !inUse.Contains(value.Name()))
            .Select(claim => Describe(ns, claim, unused.Find("PersistentVolume", claim.Spec().Text("volumeName"))));
    }

    private static string Describe(string ns, JsonObject claim, JsonObject? volume)
    {
        var onVolume = volume is null ? "" : $" (volume {volume.Name()})";
        var isKept = volume?.Spec().Text("persistentVolumeReclaimPolicy") == "Retain";
        var command = $"kubectl -n {ns} delete pvc {claim.Name()}{(isKept ? $" && kubectl delete pv {volume!.Name()}" : "")}";
        return $"Claim {claim.Name()}{onVolume} with other metadata stays. When you do not need it any more, delete it: {command}";
    }
}

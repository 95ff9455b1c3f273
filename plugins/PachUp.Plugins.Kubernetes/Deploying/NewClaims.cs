using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>The claims that a deployment creates in addition to those that exist.</summary>
internal static class NewClaims
{
    /// <summary>The claims of manifests, without those of the present deployment.</summary>
    public static IEnumerable<Claim> In(DeploymentManifests manifests, DeploymentManifests present)
    {
        var claims = manifests.Objects.Where(value => value.Kind() == "PersistentVolumeClaim").Select(claim => Of(claim, claim.Name()));
        var ofTemplates = manifests.Objects.Where(value => value.Kind() == "StatefulSet")
            .SelectMany(set => set.Spec().Items("volumeClaimTemplates").Select(template => Of(template, ClaimNames.First(template, set))));
        return claims.Concat(ofTemplates).Where(claim => present.Find("PersistentVolumeClaim", claim.Name) is null);
    }

    private static Claim Of(JsonObject claim, string name) => new(name, ClaimNames.ClassOf(claim), claim.Spec()["storageClassName"] is not null || claim.Spec()["selector"] is not null);

    /// <summary>A claim.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="StorageClass">Its class; empty for none.</param>
    /// <param name="IsStatic">Whether it is for a volume that was made by hand: its class is empty on purpose.</param>
    internal sealed record Claim(string Name, string StorageClass, bool IsStatic);
}

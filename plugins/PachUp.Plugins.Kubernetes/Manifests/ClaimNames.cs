using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>Names and classes of claims.</summary>
internal static class ClaimNames
{
    /// <summary>The annotation that named the class before Kubernetes had a field for it.</summary>
    public const string BetaStorageClass = "volume.beta.kubernetes.io/storage-class";

    /// <summary>The name of the claim that a stateful set makes from a template for its first pod.</summary>
    public static string First(JsonObject template, JsonObject statefulSet) => $"{template.Name()}-{statefulSet.Name()}-0";

    /// <summary>The names of the claims that the first pod of a workload uses.</summary>
    public static IEnumerable<string> UsedBy(JsonObject workload) =>
    [
        .. workload.Spec().Items("volumeClaimTemplates").Select(template => First(template, workload)),
        .. workload.PodSpec().Items("volumes").Select(volume => volume.At("persistentVolumeClaim")?.Text("claimName")).OfType<string>(),
    ];

    /// <summary>The storage class of a claim; empty for none.</summary>
    public static string ClassOf(JsonObject claim) =>
        claim.Spec().Text("storageClassName") is { Length: > 0 } name ? name : claim.Annotation(BetaStorageClass);
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>Removes from an object the fields that the server sets, so that it can be applied again, here or elsewhere.</summary>
internal static class ManifestCleaner
{
    private static readonly ImmutableArray<string> ServerMetadata =
    [
        "uid", "resourceVersion", "selfLink", "creationTimestamp", "generation", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds",
        "finalizers", "ownerReferences",
    ];

    private static readonly ImmutableArray<string> ServerAnnotations =
    [
        "deployment.kubernetes.io/revision", "pv.kubernetes.io/bind-completed",
        "pv.kubernetes.io/bound-by-controller", "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner",
    ];

    public static JsonObject Clean(JsonObject value)
    {
        var clean = value.Copy();
        clean.Remove("status");
        CleanMetadata(clean);
        CleanSpec(clean);
        return clean;
    }

    private static void CleanMetadata(JsonObject value)
    {
        var metadata = value.Metadata();
        foreach (var name in ServerMetadata)
        {
            metadata.Remove(name);
        }

        if (metadata["annotations"] is JsonObject annotations)
        {
            foreach (var name in ServerAnnotations)
            {
                annotations.Remove(name);
            }

            if (annotations.Count == 0)
            {
                metadata.Remove("annotations");
            }
        }
    }

    private static void CleanSpec(JsonObject value)
    {
        switch (value.Kind())
        {
            case "Service" when value.Spec().Text("clusterIP") != "None":
                value.Spec().Remove("clusterIP");
                value.Spec().Remove("clusterIPs");
                value.Spec().Remove("healthCheckNodePort");
                break;
            case "PersistentVolume" when value.At("spec", "claimRef") is { } claim:
                claim.Remove("uid");
                claim.Remove("resourceVersion");
                break;
            case "StatefulSet":
                foreach (var template in value.Spec().Items("volumeClaimTemplates"))
                {
                    template.Remove("status");
                }

                break;
            case "ServiceAccount":
                // Kubernetes creates new tokens for every account. With the old names the account would have none.
                value.Remove("secrets");
                break;
        }
    }
}

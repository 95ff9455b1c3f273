using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Volumes and claims: a claim needs a size, and its spec is immutable.</summary>
internal sealed class VolumeRules : IKindRules
{
    // All fields of a volume except its source.
    private static readonly string[] Changeable =
        ["capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName", "mountOptions", "volumeMode", "nodeAffinity"];

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string> { "PersistentVolumeClaim", "PersistentVolume" };

    public void FillIn(JsonObject value, JsonObject? before, ResourceType type) => value["status"] ??= new JsonObject { ["phase"] = "Pending" };

    public IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type)
    {
        if (type.Kind == "PersistentVolumeClaim")
        {
            if (value.Spec().Child("resources").Child("requests")["storage"] is null)
                yield return "spec.resources[storage]: Required value";

            if (before is not null && !JsonNode.DeepEquals(Unbound(before), Unbound(value)))
                yield return "spec: Forbidden: is immutable after creation except resources.requests for bound claims";
        }
        else if (value.Spec()["capacity"] is null)
        {
            yield return "spec.capacity: Required value";
        }
        else if (before is not null && !JsonNode.DeepEquals(Source(before), Source(value)))
        {
            yield return "spec.persistentvolumesource: Forbidden: is immutable after creation";
        }
    }

    // Only the controller that binds a claim may change it: it sets the volume.
    private static JsonObject Unbound(JsonObject claim)
    {
        var spec = claim.Spec().Copy();
        spec.Remove("volumeName");
        return spec;
    }

    private static JsonObject Source(JsonObject volume)
    {
        var source = volume.Spec().Copy();
        foreach (var name in Changeable)
        {
            source.Remove(name);
        }

        return source;
    }
}

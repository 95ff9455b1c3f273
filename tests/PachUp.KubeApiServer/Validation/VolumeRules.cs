using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Volumes and claims: a claim needs a size, and what it asks for stays.</summary>
internal sealed class VolumeRules : IKindRules
{
    public IReadOnlySet<string> Kinds { get; } = new HashSet<string> { "PersistentVolumeClaim", "PersistentVolume" };

    public void FillIn(JsonObject value, JsonObject? before, ResourceType type) => value["status"] ??= new JsonObject { ["phase"] = "Pending" };

    public IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type)
    {
        if (type.Kind == "PersistentVolumeClaim")
        {
            if (value.Spec().Child("resources").Child("requests")["storage"] is null)
                yield return "spec.resources[storage]: Required value";

            if (before is not null && BoundBefore(before) && !JsonNode.DeepEquals(before["spec"], value["spec"]))
                yield return "spec: Forbidden: is immutable after creation except resources.requests for bound claims";
        }
        else if (value.Spec()["capacity"] is null)
        {
            yield return "spec.capacity: Required value";
        }
    }

    private static bool BoundBefore(JsonObject before) => before.Spec().Text("volumeName").Length > 0;
}

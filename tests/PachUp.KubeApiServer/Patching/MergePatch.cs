using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Patching;

/// <summary>JSON merge patch (RFC 7396): null removes a value, objects are merged, and other values are replaced.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject child)
                Apply(target.Child(name), child);
            else
                target[name] = value.DeepClone();
        }
    }
}

using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Patching;

/// <summary>Strategic merge patch: like a merge patch, but lists of named elements are merged by name.</summary>
internal static class StrategicMergePatch
{
    // The key fields of each list. The first field that an element has is its key.
    private static readonly Dictionary<string, string[]> MergeKeys = new()
    {
        ["containers"] = ["name"],
        ["initContainers"] = ["name"],
        ["env"] = ["name"],
        ["volumes"] = ["name"],
        ["volumeMounts"] = ["mountPath"],
        ["imagePullSecrets"] = ["name"],
        ["ports"] = ["containerPort", "port"],
        ["secrets"] = ["name"],
        ["ownerReferences"] = ["uid"],
    };

    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (name == "$patch")
                continue;

            if (value is null)
                target.Remove(name);
            else if (value is JsonObject child)
                Apply(target.Child(name), child);
            else if (value is JsonArray list && MergeKeys.TryGetValue(name, out var keys) && target[name] is JsonArray present)
                MergeLists(present, list, keys);
            else
                target[name] = value.DeepClone();
        }
    }

    private static void MergeLists(JsonArray present, JsonArray patch, string[] keys)
    {
        foreach (var element in patch.OfType<JsonObject>())
        {
            var key = keys.FirstOrDefault(element.ContainsKey)
                ?? throw ApiException.BadRequest($"map: {element.ToJsonString()} does not contain declared merge key: {keys[0]}");
            var match = present.OfType<JsonObject>().FirstOrDefault(candidate => JsonNode.DeepEquals(candidate[key], element[key]));
            if (element.Text("$patch") == "delete")
                present.Remove(match);
            else if (match is null)
                present.Add(element.DeepClone());
            else
                Apply(match, element);
        }
    }
}

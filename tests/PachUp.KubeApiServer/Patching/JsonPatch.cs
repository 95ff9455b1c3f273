using System.Globalization;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Patching;

/// <summary>JSON patch (RFC 6902), with the operations add, remove, replace and test.</summary>
internal static class JsonPatch
{
    public static void Apply(JsonObject target, JsonArray patch)
    {
        foreach (var operation in patch.OfType<JsonObject>())
        {
            var path = operation.Text("path").Split('/').Skip(1).Select(Unescape).ToList();
            Apply(ParentOf(target, path), path[^1], operation);
        }
    }

    private static string Unescape(string part) => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JsonNode ParentOf(JsonObject target, List<string> path)
    {
        JsonNode node = target;
        foreach (var part in path.SkipLast(1))
        {
            node = Child(node, part) ?? throw Missing(string.Join('/', path));
        }

        return node;
    }

    private static JsonNode? Child(JsonNode node, string part) => node switch
    {
        JsonObject value => value[part],
        JsonArray list when TryIndex(part, list.Count, out var index) => list[index],
        _ => null,
    };

    private static void Apply(JsonNode parent, string part, JsonObject operation)
    {
        var value = operation["value"]?.DeepClone();
        switch (operation.Text("op"), parent)
        {
            case ("test", _) when !JsonNode.DeepEquals(Child(parent, part), value):
                throw new ApiException(422, "Invalid", "the server rejected our request due to an error in our request");
            case ("test", _):
                return;
            case ("add", JsonArray list) when part == "-":
                list.Add(value);
                return;
            case ("add", JsonArray list) when TryIndex(part, list.Count + 1, out var index):
                list.Insert(index, value);
                return;
            case ("add", JsonObject target):
                target[part] = value;
                return;
            case ("replace", JsonObject target) when target.ContainsKey(part):
                target[part] = value;
                return;
            case ("replace", JsonArray list) when TryIndex(part, list.Count, out var index):
                list[index] = value;
                return;
            case ("remove", JsonObject target) when target.Remove(part):
                return;
            case ("remove", JsonArray list) when TryIndex(part, list.Count, out var index):
                list.RemoveAt(index);
                return;
            default:
                throw Missing(part);
        }
    }

    private static bool TryIndex(string part, int count, out int index) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < count;

    private static ApiException Missing(string path) =>
        new(422, "Invalid", $"the server rejected our request due to an error in our request: {path} is not there");
}

using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>
/// Compares the content of objects. If the answer to a change was lost, the content of the object decides whether the change was made.
/// </summary>
internal static class Content
{
    // What the server and controllers set by themselves at every change, or when they create an object.
    private static readonly string[] OfServer = ["resourceVersion", "generation", "managedFields", "selfLink", "uid", "creationTimestamp"];

    /// <summary>Whether an object has everything that was sent to create it or to change fields. The server may have added defaults.</summary>
    public static bool Holds(JsonObject present, JsonObject sent) => Covers(Substance(present), Substance(sent));

    /// <summary>Whether an object is what was sent to replace it.</summary>
    public static bool IsSame(JsonObject present, JsonObject sent) => present.Uid() == sent.Uid() && Holds(present, sent) && Holds(sent, present);

    private static bool Covers(JsonNode? present, JsonNode? sent) => (present, sent) switch
    {
        (JsonObject left, JsonObject right) => right.All(field => Covers(left[field.Key], field.Value)),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Covers(pair.First, pair.Second)),
        (null, null or JsonObject { Count: 0 } or JsonArray { Count: 0 }) => true,
        _ => JsonNode.DeepEquals(present, sent),
    };

    private static JsonObject Substance(JsonObject value)
    {
        var substance = value.Copy();
        foreach (var name in OfServer)
        {
            substance.Metadata().Remove(name);
        }

        substance.Remove("kind");
        substance.Remove("apiVersion");
        substance.Remove("status");
        return substance;
    }
}

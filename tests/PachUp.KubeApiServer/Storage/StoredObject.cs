using System.Globalization;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;

namespace PachUp.KubeApiServer.Storage;

/// <summary>Reads and writes the parts of an object that the server uses.</summary>
public static class StoredObject
{
    /// <summary>The metadata, created if missing.</summary>
    public static JsonObject Metadata(this JsonObject value) => value.Child("metadata");

    /// <summary>The spec, created if missing.</summary>
    public static JsonObject Spec(this JsonObject value) => value.Child("spec");

    /// <summary>The name.</summary>
    public static string Name(this JsonObject value) => value.Metadata().Text("name");

    /// <summary>The namespace; empty for none.</summary>
    public static string Namespace(this JsonObject value) => value.Metadata().Text("namespace");

    /// <summary>The revision of the last change.</summary>
    public static long ResourceVersion(this JsonObject value) =>
        long.TryParse(value.Metadata().Text("resourceVersion"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>A nested object, created if missing.</summary>
    public static JsonObject Child(this JsonObject value, string name)
    {
        if (value[name] is JsonObject child)
            return child;

        child = [];
        value[name] = child;
        return child;
    }

    /// <summary>A nested text; empty if missing.</summary>
    public static string Text(this JsonObject value, string name) =>
        value[name] is JsonValue text && text.TryGetValue<string>(out var result) ? result : "";

    /// <summary>The elements of a nested list; empty if missing.</summary>
    public static IEnumerable<JsonObject> Items(this JsonObject value, string name) => (value[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>A deep copy.</summary>
    public static JsonObject Copy(this JsonObject value) => value.DeepClone().AsObject();

    /// <summary>The object in one API version.</summary>
    internal static JsonObject SeenAs(this JsonObject value, ResourceType type, bool hasSelfLinks)
    {
        var seen = value.Copy();
        seen["apiVersion"] = type.ApiVersion;
        seen["kind"] = type.Kind;
        if (hasSelfLinks)
            seen.Metadata()["selfLink"] = $"{type.PathOf(value.Namespace())}/{value.Name()}";

        return seen;
    }
}

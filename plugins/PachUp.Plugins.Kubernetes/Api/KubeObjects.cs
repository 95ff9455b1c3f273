using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>
/// Accesses Kubernetes objects as JSON, so that fields which the client's own classes do not know are not lost.
/// </summary>
internal static class KubeObjects
{
    public static string Kind(this JsonObject value) => value.Text("kind");

    public static string ApiVersion(this JsonObject value) => value.Text("apiVersion");

    public static JsonObject Metadata(this JsonObject value) => value.Child("metadata");

    public static JsonObject Spec(this JsonObject value) => value.Child("spec");

    public static string Name(this JsonObject value) => value.Metadata().Text("name");

    public static string Namespace(this JsonObject value) => value.Metadata().Text("namespace");

    public static string Uid(this JsonObject value) => value.Metadata().Text("uid");

    public static string Label(this JsonObject value, string name) => value.At("metadata", "labels")?.Text(name) ?? "";

    public static string Annotation(this JsonObject value, string name) => value.At("metadata", "annotations")?.Text(name) ?? "";

    /// <summary>The template of the pods of a workload.</summary>
    public static JsonObject PodSpec(this JsonObject workload) => workload.Spec().Child("template").Spec();

    /// <summary>The name for the user: <c>Deployment pachd</c>.</summary>
    public static string Title(this JsonObject value) => $"{value.Kind()} {value.Name()}";

    /// <summary>The text of a field; empty if it has none.</summary>
    public static string Text(this JsonObject value, string name) =>
        value[name] is JsonValue text && text.TryGetValue<string>(out var result) ? result : "";

    /// <summary>The number in a field; 0 if it has none.</summary>
    public static int Number(this JsonObject value, string name) =>
        value[name] is JsonValue number && number.TryGetValue<int>(out var result) ? result : 0;

    /// <summary>The object in a field; created if it does not exist.</summary>
    public static JsonObject Child(this JsonObject value, string name)
    {
        if (value[name] is JsonObject child)
        {
            return child;
        }

        child = [];
        value[name] = child;
        return child;
    }

    /// <summary>The object at the end of a path; null if it does not exist.</summary>
    public static JsonObject? At(this JsonObject value, params ReadOnlySpan<string> path)
    {
        JsonObject? at = value;
        foreach (var name in path)
        {
            at = at?[name] as JsonObject;
        }

        return at;
    }

    /// <summary>The objects of a list in a field; none if there is no list.</summary>
    public static IReadOnlyList<JsonObject> Items(this JsonObject value, string name) => value[name] is JsonArray items ? [.. items.OfType<JsonObject>()] : [];

    /// <summary>A copy to change.</summary>
    public static JsonObject Copy(this JsonObject value) => value.DeepClone().AsObject();
}

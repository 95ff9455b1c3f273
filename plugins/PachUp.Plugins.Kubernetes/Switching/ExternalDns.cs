using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>
/// The annotations with which external-dns makes DNS names for services and ingresses. If two objects ask for one name, the name may lead to either, so
/// only one of them may ask at a time.
/// </summary>
internal static class ExternalDns
{
    private const string Prefix = "external-dns.alpha.kubernetes.io/";

    // external-dns skips objects that name another controller than its own, "dns-controller".
    private const string Controller = Prefix + "controller";
    private const string Nobody = "pachup-switch";

    /// <summary>The annotations of an object, to give them to another object; empty if it has none.</summary>
    public static JsonObject Of(JsonObject value) => new(
        (value.At("metadata", "annotations") ?? [])
            .Where(annotation => annotation.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(annotation => KeyValuePair.Create(annotation.Key, annotation.Value?.DeepClone())));

    /// <summary>The DNS names for which annotations ask.</summary>
    public static string NamesOf(JsonObject annotations) => string.Join(",", annotations
        .Where(annotation => annotation.Key.EndsWith("hostname", StringComparison.Ordinal))
        .Select(annotation => annotation.Value?.ToString() ?? ""));

    /// <summary>Gives an object these annotations in place of its own.</summary>
    public static void Set(JsonObject value, JsonObject annotations)
    {
        var present = value.Metadata().Child("annotations");
        foreach (var (name, _) in Of(value))
        {
            present.Remove(name);
        }

        foreach (var (name, text) in annotations)
        {
            present[name] = text?.DeepClone();
        }
    }

    /// <summary>Whether external-dns makes no names for an object.</summary>
    public static bool IsSilenced(JsonObject value) => value.Annotation(Controller) == Nobody;

    /// <summary>Keeps external-dns from making names for an object. Its annotations stay, so that they can be read.</summary>
    public static void Silence(JsonObject value) => value.Metadata().Child("annotations")[Controller] = Nobody;
}

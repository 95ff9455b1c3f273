using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>The state of a service before a run moved node ports. It is stored on the service, as JSON.</summary>
internal sealed class ServiceBefore
{
    private readonly JsonObject _kept;

    private ServiceBefore(JsonObject kept) => _kept = kept;

    /// <summary>The ports that clients know; if a fence had changed them, those before the fence.</summary>
    public IReadOnlyList<JsonObject> Ports => KnownPorts(_kept, _kept.Text("unfenced"));

    /// <summary>The state of a service before a run moved node ports; null if that run did not change the service.</summary>
    public static ServiceBefore? Of(JsonObject service, string run) =>
        service.Annotation(Labels.BeforeSwitch) is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject kept && kept.Text("run") == run ? new(kept) : null;

    /// <summary>The ports by which clients know an unchanged service.</summary>
    public static IReadOnlyList<JsonObject> PortsOf(JsonObject service) => KnownPorts(service.Spec(), service.Annotation(Labels.Unfenced));

    /// <summary>A copy of a service that stores its present state.</summary>
    public static JsonObject Mark(JsonObject service, string run)
    {
        var marked = service.Copy();
        var kept = new JsonObject { ["run"] = run, ["type"] = service.Spec()["type"]?.DeepClone(), ["ports"] = service.Spec()["ports"]?.DeepClone() };
        if (service.Annotation(Labels.Unfenced) is { Length: > 0 } unfenced)
        {
            kept["unfenced"] = unfenced;
        }

        marked.Metadata().Child("annotations")[Labels.BeforeSwitch] = kept.ToJsonString();
        return marked;
    }

    /// <summary>The service in its former state, including its fence.</summary>
    public JsonObject Restore(JsonObject service)
    {
        var restored = service.Copy();
        var annotations = restored.Metadata().Child("annotations");
        annotations.Remove(Labels.BeforeSwitch);
        restored.Spec()["type"] = _kept["type"]?.DeepClone();
        restored.Spec()["ports"] = _kept["ports"]?.DeepClone();
        if (_kept["unfenced"] is { } unfenced)
        {
            annotations[Labels.Unfenced] = unfenced.DeepClone();
        }

        return restored;
    }

    private static IReadOnlyList<JsonObject> KnownPorts(JsonObject spec, string unfenced)
    {
        var before = unfenced.Length > 0 ? JsonNode.Parse(unfenced) as JsonObject : null;
        return before?.Items("ports") is { Count: > 0 } ports ? ports : spec.Items("ports");
    }
}

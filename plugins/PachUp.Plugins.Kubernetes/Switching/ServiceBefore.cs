using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Fencing;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>The state of a service before a run switched clients. It is stored on the service, as JSON.</summary>
internal sealed class ServiceBefore
{
    private readonly JsonObject _kept;

    private ServiceBefore(JsonObject kept) => _kept = kept;

    /// <summary>Where clients knew the service.</summary>
    public PublicFace Face => PublicFace.Of(_kept, _kept.Text("unfenced"), _kept.Child("dns"));

    /// <summary>The state of a service before a run switched clients; null if that run did not change the service.</summary>
    public static ServiceBefore? Of(JsonObject service, string run) =>
        service.Annotation(Labels.BeforeSwitch) is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject kept && kept.Text("run") == run ? new(kept) : null;

    /// <summary>A copy of a service that stores its present state.</summary>
    public static JsonObject Mark(JsonObject service, string run)
    {
        var marked = service.Copy();
        var kept = new JsonObject { ["run"] = run, ["dns"] = ExternalDns.Of(service) };
        foreach (var field in PublicFace.Fields.Where(field => service.Spec()[field] is not null))
        {
            kept[field] = service.Spec()[field]!.DeepClone();
        }

        if (service.Annotation(Labels.Unfenced) is { Length: > 0 } unfenced)
        {
            kept["unfenced"] = unfenced;
        }

        marked.Metadata().Child("annotations")[Labels.BeforeSwitch] = kept.ToJsonString();
        return marked;
    }

    /// <summary>The service in its former state. If a fence had closed it then, it is closed again only if it is closed now: the fence may have been lifted since.</summary>
    public JsonObject Restore(JsonObject service)
    {
        var restored = service.Copy();
        foreach (var field in PublicFace.Fields)
        {
            restored.Spec()[field] = _kept[field]?.DeepClone();
        }

        ExternalDns.Set(restored, _kept.Child("dns"));
        var annotations = restored.Metadata().Child("annotations");
        annotations.Remove(Labels.BeforeSwitch);
        if (_kept["unfenced"] is { } unfenced)
        {
            annotations[Labels.Unfenced] = unfenced.DeepClone();
        }

        return service.Annotation(Labels.Unfenced).Length > 0 ? restored : ServiceFence.Unfenced(restored);
    }
}

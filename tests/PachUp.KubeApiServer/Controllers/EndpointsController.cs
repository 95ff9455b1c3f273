using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Controllers;

/// <summary>Keeps the endpoints of every service with a selector: its pods, and which of them are ready.</summary>
internal sealed class EndpointsController(ObjectStore store)
{
    /// <summary>Brings the endpoints up to date.</summary>
    public void LookAfterAll()
    {
        var services = store.List("services").Where(service => service.Spec()["selector"] is JsonObject { Count: > 0 }).ToList();
        foreach (var service in services)
        {
            var wanted = EndpointsOf(service);
            var present = store.Find("endpoints", service.Namespace(), service.Name());
            if (!JsonNode.DeepEquals(present?["subsets"], wanted["subsets"]))
                store.Put("endpoints", wanted);
        }

        var names = services.Select(service => (service.Namespace(), service.Name())).ToHashSet();
        foreach (var gone in store.List("endpoints").Where(endpoints => !names.Contains((endpoints.Namespace(), endpoints.Name()))))
        {
            store.Delete("endpoints", gone.Namespace(), gone.Name());
        }
    }

    private JsonObject EndpointsOf(JsonObject service)
    {
        var pods = store.List("pods", service.Namespace()).Where(pod => pod.Metadata()["deletionTimestamp"] is null && Selects(service, pod)).ToList();
        var subset = new JsonObject();
        foreach (var (name, chosen) in new[] { ("addresses", pods.Where(IsReady)), ("notReadyAddresses", pods.Where(pod => !IsReady(pod))) })
        {
            if (chosen.Select(pod => (JsonNode)AddressOf(pod)).ToArray() is { Length: > 0 } addresses)
                subset[name] = new JsonArray(addresses);
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = service.Name(), ["namespace"] = service.Namespace() },
            ["subsets"] = subset.Count == 0 ? [] : new JsonArray(subset),
        };
    }

    private static JsonObject AddressOf(JsonObject pod) =>
        new() { ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["name"] = pod.Name(), ["namespace"] = pod.Namespace(), ["uid"] = pod.Metadata().Text("uid") } };

    private static bool Selects(JsonObject service, JsonObject pod) =>
        service.Spec().Child("selector").All(label => JsonNode.DeepEquals(pod.Metadata().Child("labels")[label.Key], label.Value));

    private static bool IsReady(JsonObject pod) =>
        pod.Child("status").Items("conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");
}

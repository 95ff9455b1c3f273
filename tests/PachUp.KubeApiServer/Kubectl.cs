using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer;

/// <summary>Prepares a test like <c>kubectl</c>.</summary>
public static class Kubectl
{
    /// <summary>
    /// Creates several objects from one text. If the server no longer has their API versions, they are converted to the new versions.
    /// </summary>
    /// <exception cref="HttpRequestException">The server refuses an object.</exception>
    public static async Task CreateAsync(KubeApiServer server, string manifests, string ns = "default")
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var value in ObjectsIn(manifests))
        {
            var type = TypeOf(value, server.Profile);
            value["apiVersion"] = type.ApiVersion;
            if (type.Namespaced)
                value.Metadata()["namespace"] = ns;
            else
                value.Metadata().Remove("namespace");

            using var answer = await client.PostAsJsonAsync(type.PathOf(ns), value);
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException($"{value.Text("kind")} {value.Name()}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static ResourceType TypeOf(JsonObject value, ApiProfile profile)
    {
        var candidates = profile.Resources.Where(type => type.Kind == value.Text("kind")).ToList();
        return candidates.Find(type => type.ApiVersion == value.Text("apiVersion")) ?? candidates[0];
    }

    private static List<JsonObject> ObjectsIn(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        var objects = new List<JsonObject>();
        while (reader.Read())
        {
            objects.Add(JsonNode.Parse(ref reader)!.AsObject());
        }

        return objects;
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PachUp.Plugins.Kubernetes.Tests.Server;

/// <summary>
/// Sends recorded calls to a server and compares status and message. What a server chooses itself (uids, resource versions, addresses) is mapped:
/// the same in the recording is the same in the replay.
/// </summary>
internal sealed partial class RecordedCallReplay(Uri server) : IDisposable
{
    private static readonly HashSet<string> Chosen = ["uid", "resourceVersion", "clusterIP"];

    private readonly HttpClient _client = new() { BaseAddress = server };
    private readonly Dictionary<string, string> _chosen = [];

    /// <summary>Sends one call, and says how the answer differs; null where it does not.</summary>
    public async Task<string?> SendAsync(RecordedCall call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), Map(call.Url));
        if (call.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Map(call.Body)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(call.ContentType.Length > 0 ? call.ContentType : "application/json");
        }

        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = Parse(text);
        Learn(call.Response, answer);
        var (expected, found) = (Map(MessageOf(call.Response)), MessageOf(answer));
        return (int)response.StatusCode == call.Status && Unnumbered(expected) == Unnumbered(found)
            ? null
            : $"{call.Seq} {call.Method} {call.Url}: expected {call.Status} {expected}, got {(int)response.StatusCode} {found}";
    }

    public void Dispose() => _client.Dispose();

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    /// <summary>What an answer says: a message, else kind and name, with the number of items of a list.</summary>
    private static string MessageOf(JsonNode? answer) => answer switch
    {
        JsonObject { } value when value["message"] is { } message => message.ToString(),
        JsonObject { } value when value["items"] is JsonArray items => $"{value["kind"]} of {items.Count}",
        JsonObject { } value => $"{value["kind"]} {value["metadata"]?["name"]}",
        JsonValue text => text.ToString(),
        _ => "",
    };

    // How old the oldest kept version is depends on what else a server was used for.
    private static string Unnumbered(string text) => OldestVersion().Replace(text, "()");

    private string Map(string text) => _chosen.Aggregate(text, (mapped, pair) => mapped.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    private void Learn(JsonNode? recorded, JsonNode? found)
    {
        if (recorded is JsonArray left && found is JsonArray right)
        {
            foreach (var (a, b) in left.Zip(right))
            {
                Learn(a, b);
            }
        }

        foreach (var (name, value) in recorded as JsonObject ?? [])
        {
            if (Chosen.Contains(name) && found?[name] is { } chosen && value is JsonValue)
                _chosen[$"\"{value}\""] = $"\"{chosen}\"";
            else
                Learn(value, (found as JsonObject)?[name]);

            if (name == "uid" && found?[name] is { } uid)
                _chosen[value!.ToString()] = uid.ToString();
        }
    }

    [GeneratedRegex(@"\(\d+\)")]
    private static partial Regex OldestVersion();
}

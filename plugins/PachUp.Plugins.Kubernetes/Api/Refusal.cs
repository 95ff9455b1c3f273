using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>Reads why the API server refused a request.</summary>
internal static class Refusal
{
    private const int LongestText = 500;
    private const int Unauthorized = 401;
    private const int Forbidden = 403;

    // What follows in a refused role: every rule that the user lacks, one after another, up to 40 lines.
    private static readonly string[] Lists = [": [{", ": [PolicyRule", " [PolicyRule"];

    /// <summary>The failure for an answer.</summary>
    public static async Task<KubeException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = (int)response.StatusCode;
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var message = Parse(text)?.Text("message") is { Length: > 0 } said ? said : Shorten(text.Trim());
        return new KubeException(code, MessageOf(code, message.Length == 0 ? $"HTTP status {code}" : message))
        {
            RetryAfter = PauseOf(response.Headers.RetryAfter),
        };
    }

    /// <summary>The beginning of a message that may list every missing rule of a role: who may not do what.</summary>
    public static string FirstSentence(string message)
    {
        var line = message.Split('\n', 2)[0];
        var end = Lists.Select(list => line.IndexOf(list, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(line.Length).Min();
        return Shorten(line[..end].TrimEnd(':', ' '));
    }

    /// <summary>A text as JSON; null if it is not an object.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The beginning of a long text.</summary>
    public static string Shorten(string text) => text.Length > LongestText ? text[..LongestText] + "..." : text;

    private static string MessageOf(int code, string said) => code switch
    {
        Unauthorized => $"the login is not accepted ({said})",
        Forbidden => FirstSentence(said),
        _ => said,
    };

    private static TimeSpan? PauseOf(RetryConditionHeaderValue? header) => header?.Delta;
}

using System.Text.Json.Nodes;

namespace PachUp.KubeApiServer.Storage;

/// <summary>Selects objects by their fields: <c>metadata.name=a,involvedObject.name!=b</c>.</summary>
internal sealed class FieldSelector(string text)
{
    private readonly string[] _requirements = text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public bool Matches(JsonObject value) => Array.TrueForAll(_requirements, requirement => Matches(value, requirement));

    private static bool Matches(JsonObject value, string requirement)
    {
        var isUnequal = requirement.Contains("!=", StringComparison.Ordinal);
        var parts = requirement.Split(isUnequal ? "!=" : "=", 2);
        JsonNode? node = value;
        foreach (var name in parts[0].Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return ((node?.ToString() ?? "") == parts[1]) != isUnequal;
    }
}

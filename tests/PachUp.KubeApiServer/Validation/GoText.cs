using System.Text.Json.Nodes;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Formats values like Go, as in the errors of the real server.</summary>
internal static class GoText
{
    public static string Map(JsonObject labels) =>
        $"map[string]string{{{string.Join(", ", labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"\"{label.Key}\":\"{label.Value}\""))}}}";

    public static string Selector(JsonObject selector) =>
        $"v1.LabelSelector{{MatchLabels:{(selector["matchLabels"] is JsonObject labels ? Map(labels) : "map[string]string(nil)")}, "
        + "MatchExpressions:[]v1.LabelSelectorRequirement(nil)}";
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Validates labels.</summary>
internal static partial class LabelRules
{
    private const int LongestValue = 63;

    private const string ValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        + @"character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>The errors of the labels of an object, one for each cause.</summary>
    public static IEnumerable<string> Mistakes(JsonObject value)
    {
        foreach (var label in (value.Metadata()["labels"] as JsonObject ?? []).Select(label => label.Value?.ToString() ?? ""))
        {
            if (label.Length > LongestValue)
                yield return $"metadata.labels: Invalid value: \"{label}\": must be no more than {LongestValue} characters";
            else if (!Value().IsMatch(label))
                yield return $"metadata.labels: Invalid value: \"{label}\": {ValueRule}";
        }
    }

    [GeneratedRegex(@"\A(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex Value();
}

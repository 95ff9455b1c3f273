using System.Collections;
using System.Globalization;
using Google.Protobuf;

namespace PachUp.Conformance.Comparison;

/// <summary>Values of fields in words.</summary>
public static class ValueText
{
    /// <summary>The value as a reader of a report wants to see it.</summary>
    public static string Of(object? value) => value switch
    {
        null => "nothing",
        string text => $"\"{text}\"",
        ByteString bytes => bytes.Length == 0 ? "no bytes" : Convert.ToHexStringLower(bytes.Span),
        IMessage message => JsonFormatter.ToDiagnosticString(message),
        IDictionary map => "{" + string.Join(", ", map.Keys.Cast<object>().Select(key => $"{key}: {Of(map[key])}")) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object>().Select(Of)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

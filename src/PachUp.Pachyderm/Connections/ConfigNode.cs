using System.Text.Json;

namespace PachUp.Pachyderm.Connections;

/// <summary>A value of a config file that knows its place, so that an error can name the file, the key and what is expected there.</summary>
/// <param name="path">The file.</param>
/// <param name="key">Where the value stands: <c>v2.contexts.prod</c>; empty for the whole file.</param>
/// <param name="value">The value.</param>
internal sealed class ConfigNode(string path, string key, JsonElement value)
{
    /// <summary>The value of a key that holds keys itself; null where the key is missing.</summary>
    /// <param name="name">The key.</param>
    /// <exception cref="AddressException">It holds something else.</exception>
    public ConfigNode? Child(string name) => Find(name) is { } found ? new ConfigNode(path, KeyOf(name), found).Require(JsonValueKind.Object) : null;

    /// <summary>The text of a key; empty where the key is missing.</summary>
    /// <param name="name">The key.</param>
    /// <exception cref="AddressException">It holds something else.</exception>
    public string Text(string name) =>
        Find(name) is { } found ? new ConfigNode(path, KeyOf(name), found).Require(JsonValueKind.String).ReadText() : "";

    /// <summary>The values of all keys that are not null, by name. Each holds keys itself.</summary>
    /// <exception cref="AddressException">One of them holds something else.</exception>
    public IReadOnlyDictionary<string, ConfigNode> Children() => value.EnumerateObject()
        .Where(property => property.Value.ValueKind != JsonValueKind.Null)
        .GroupBy(property => property.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => Child(group.Key)!, StringComparer.Ordinal);

    /// <summary>The same node, if it is of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="AddressException">It is of another one.</exception>
    public ConfigNode Require(JsonValueKind kind) => value.ValueKind == kind
        ? this
        : throw Unexpected(Describe(value.ValueKind), Describe(kind) + (key.Length > 0 ? "" : " with the key \"v1\" or \"v2\""));

    private string ReadText()
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Unexpected("half of a Unicode character", "text");
        }
    }

    private AddressException Unexpected(string found, string expected) => new(
        $"The config file \"{path}\" cannot be used: {(key.Length > 0 ? $"\"{key}\"" : "it")} holds {found}. Expected is {expected}. "
        + "Correct the file or move it away.");

    private JsonElement? Find(string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private string KeyOf(string name) => key.Length > 0 ? $"{key}.{name}" : name;

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object ({ })",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}

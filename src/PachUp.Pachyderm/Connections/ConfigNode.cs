using System.Text.Json;

namespace PachUp.Pachyderm.Connections;

/// <summary>A value in a config file with its position, so that an error can name the file, the key and the expected value.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="key">The key of the value: <c>v2.contexts.prod</c>; empty for the whole file.</param>
/// <param name="value">The value.</param>
internal sealed class ConfigNode(string path, string key, JsonElement value)
{
    /// <summary>The object at a key; null if the key is missing.</summary>
    /// <param name="name">The key.</param>
    /// <exception cref="AddressException">The value has another type.</exception>
    public ConfigNode? Child(string name) => Find(name) is { } found ? new ConfigNode(path, KeyOf(name), found).Require(JsonValueKind.Object) : null;

    /// <summary>The text at a key; empty if the key is missing.</summary>
    /// <param name="name">The key.</param>
    /// <exception cref="AddressException">The value has another type.</exception>
    public string Text(string name) =>
        Find(name) is { } found ? new ConfigNode(path, KeyOf(name), found).Require(JsonValueKind.String).ReadText() : "";

    /// <summary>The objects at all keys that are not null, by name.</summary>
    /// <exception cref="AddressException">One of the values has another type.</exception>
    public IReadOnlyDictionary<string, ConfigNode> Children() => value.EnumerateObject()
        .Where(property => property.Value.ValueKind != JsonValueKind.Null)
        .GroupBy(property => property.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => Child(group.Key)!, StringComparer.Ordinal);

    /// <summary>The same node, if it has the given type.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="AddressException">The node has another type.</exception>
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
        $"The config file \"{path}\" cannot be used: {(key.Length > 0 ? $"\"{key}\"" : "it")} is {found}, but {expected} is expected. "
        + "Correct the file, or move it to another place.");

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

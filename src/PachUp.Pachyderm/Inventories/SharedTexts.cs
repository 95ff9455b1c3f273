using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Keeps one copy of equal texts. Ids and hashes use most of the memory of an inventory, each occurs several times, and a run has several
/// inventories of the same cluster.
/// </summary>
internal static class SharedTexts
{
    /// <summary>The shared copy of a text.</summary>
    public static string Of(string text) => string.Intern(text);
}

/// <summary>Reads texts from JSON as shared copies.</summary>
internal sealed class SharedTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? SharedTexts.Of(text) : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Keeps one copy of a text however often it comes. Ids and hashes are most of what an inventory takes, each comes several times in one, and a
/// run holds several inventories of the same cluster.
/// </summary>
internal static class SharedTexts
{
    /// <summary>The copy of a text that everybody shares.</summary>
    public static string Of(string text) => string.Intern(text);
}

/// <summary>Reads texts of files as shared ones.</summary>
internal sealed class SharedTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? SharedTexts.Of(text) : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

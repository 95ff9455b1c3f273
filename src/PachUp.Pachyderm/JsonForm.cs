using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm;

/// <summary>The form of the JSON files that PachUp leaves behind: indented, camel case, in the order in which properties are declared.</summary>
internal static class JsonForm
{
    // A pipeline's input may nest as deep as protobuf lets it, and every level of it is two or three of JSON.
    private const int Depth = 512;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = Depth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(), new UtcConverter() },
    };

    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = Depth, AllowDuplicateProperties = false };

    /// <summary>A time as UTC, whatever its offset, so that the same time always gives the same text.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}

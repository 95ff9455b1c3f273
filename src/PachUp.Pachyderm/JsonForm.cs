using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm;

/// <summary>The format of the JSON files of PachUp: indented, camel case, properties in the order of their declaration.</summary>
internal static class JsonForm
{
    // The input of a pipeline may be as deep as protobuf allows, and each level needs two or three levels of JSON.
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

    /// <summary>Writes a time in UTC, so that the same time always gives the same text.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}

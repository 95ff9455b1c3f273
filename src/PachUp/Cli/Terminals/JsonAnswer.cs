using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PachUp.Pachyderm;

namespace PachUp.Cli.Terminals;

/// <summary>Answers for programs: JSON with camelCase names, releases and lines as text, enums as lower-case words with dashes.</summary>
internal static class JsonAnswer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            new TextConverter<Release>(),
            new TextConverter<ReleaseLine>(),
        },
    };

    /// <summary>The format on one line.</summary>
    public static JsonSerializerOptions LineOptions { get; } = new(Options) { WriteIndented = false };

    public static string Serialize(object document) => JsonSerializer.Serialize(document, document.GetType(), Options);

    /// <summary>The same on one line.</summary>
    public static string SerializeLine(object document) => JsonSerializer.Serialize(document, document.GetType(), LineOptions);

    private sealed class TextConverter<T> : JsonConverter<T>
        where T : notnull
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("answers are written, not read");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

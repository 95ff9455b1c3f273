using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm;

/// <summary>The form of the JSON files that PachUp leaves behind: indented, camel case, in the order in which properties are declared.</summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(), new ReleaseConverter() },
    };

    /// <summary>A release as its number.</summary>
    private sealed class ReleaseConverter : JsonConverter<Release>
    {
        public override Release Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Release.TryParse(reader.GetString(), out var release)
                ? release
                : throw new JsonException("A release is three numbers such as 1.8.7.");

        public override void Write(Utf8JsonWriter writer, Release value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

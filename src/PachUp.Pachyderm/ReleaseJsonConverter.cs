using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm;

/// <summary>Releases are text in JSON: <c>"1.8.7"</c>.</summary>
internal sealed class ReleaseJsonConverter : JsonConverter<Release>
{
    public override Release Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Release.TryParse(reader.GetString(), out var release) ? release : throw new JsonException("A release is three numbers such as 1.8.7.");

    public override void Write(Utf8JsonWriter writer, Release value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Lines are text in JSON: <c>"1.8"</c>.</summary>
internal sealed class ReleaseLineJsonConverter : JsonConverter<ReleaseLine>
{
    public override ReleaseLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReleaseLine.TryParse(reader.GetString(), null, out var line) ? line : throw new JsonException("A line is two numbers such as 1.8.");

    public override void Write(Utf8JsonWriter writer, ReleaseLine value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Converts a pipeline to the JSON of protobuf, with the field names of the .proto files, like pipeline specs.</summary>
internal sealed class PipelineInfoConverter : JsonConverter<PipelineInfo>
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public override PipelineInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Parser.Parse<PipelineInfo>(JsonElement.ParseValue(ref reader).GetRawText());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new JsonException($"It contains a pipeline that cannot be read: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, PipelineInfo value, JsonSerializerOptions options)
    {
        var json = JsonNode.Parse(Formatter.Format(value), documentOptions: JsonForm.DocumentOptions);
        Sorted(json)!.WriteTo(writer, options);
    }

    /// <summary>The JSON with its properties sorted by name, because servers send the entries of a map in any order.</summary>
    private static JsonNode? Sorted(JsonNode? json) => json switch
    {
        JsonObject properties => new JsonObject(
            properties.OrderBy(property => property.Key, StringComparer.Ordinal)
                .Select(property => KeyValuePair.Create(property.Key, Sorted(property.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => json?.DeepClone(),
    };
}

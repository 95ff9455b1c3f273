using System.Text.Json;
using System.Text.Json.Serialization;

namespace PachUp.Engine.Runs.Journals;

/// <summary>Writes events as words with dashes. An unknown word is an event of a newer PachUp, not an error.</summary>
internal sealed class JournalEventConverter : JsonConverter<JournalEvent>
{
    private static readonly Dictionary<string, JournalEvent> Events = Enum.GetValues<JournalEvent>().ToDictionary(WordOf);

    public override JournalEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Events.GetValueOrDefault(reader.GetString() ?? "", JournalEvent.Unknown);

    public override void Write(Utf8JsonWriter writer, JournalEvent value, JsonSerializerOptions options) => writer.WriteStringValue(WordOf(value));

    private static string WordOf(JournalEvent value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Common.Text;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>A type of single values in arguments: how it is described and parsed, and its JSON schema.</summary>
/// <param name="Expected">A description for messages.</param>
/// <param name="Parse">Parses the text; null if the text is not a valid value.</param>
/// <param name="Schema">The JSON schema.</param>
internal sealed record ScalarType(string Expected, Func<string, object?> Parse, Func<JsonObject> Schema)
{
    /// <summary>All valid values; empty if there is no fixed list.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    public static readonly ScalarType Text = new("text", text => text, () => OfType("string"));

    private static readonly ScalarType Bool = new(
        "true or false",
        text => text switch { "true" => true, "false" => false, _ => null },
        () => OfType("boolean"));

    private static readonly ScalarType Int = new(
        "a whole number",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        () => OfType("integer"));

    private static readonly ScalarType Long = new(
        "a whole number",
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        () => OfType("integer"));

    private static readonly ScalarType Double = new(
        "a number",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        () => OfType("number"));

    private static readonly ScalarType Duration = new(
        DurationText.Expected,
        text => DurationText.TryParse(text),
        () => OfPattern(DurationText.Pattern));

    private static readonly ScalarType PachydermRelease = new(
        "a release of three numbers, such as 1.8.7",
        text => Release.TryParse(text, out var release) ? release : null,
        () => OfPattern(@"^v?\d+\.\d+\.\d+"));

    /// <summary>The scalar type for a .NET type; null if plans do not support it.</summary>
    public static ScalarType? Of(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var known when known == typeof(string) => Text,
        var known when known == typeof(bool) => Bool,
        var known when known == typeof(int) => Int,
        var known when known == typeof(long) => Long,
        var known when known == typeof(double) => Double,
        var known when known == typeof(TimeSpan) => Duration,
        var known when known == typeof(Release) => PachydermRelease,
        { IsEnum: true } known => OfEnum(known),
        _ => null,
    };

    /// <summary>A default value as written in a plan; null for an empty value.</summary>
    public static JsonNode? Write(object? value) => value switch
    {
        bool truth => truth,
        int number => number,
        long number => number,
        double number => number,
        TimeSpan duration => DurationText.Write(duration),
        Enum name => JsonNamingPolicy.KebabCaseLower.ConvertName(name.ToString()),
        null or "" => null,
        _ => value.ToString(),
    };

    private static ScalarType OfEnum(Type type)
    {
        var names = Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ToArray();
        return new ScalarType(
            Names.OneOf(names),
            text => ParseEnum(type, text),
            () => new JsonObject { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) })
        {
            Choices = names,
        };
    }

    /// <summary>Accepts both spellings of a name: <c>left-out</c> and <c>leftOut</c>.</summary>
    private static object? ParseEnum(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => IsWrittenAs(text, name)) is { } name ? Enum.Parse(type, name) : null;

    private static bool IsWrittenAs(string text, string name) =>
        text == JsonNamingPolicy.KebabCaseLower.ConvertName(name) || text == JsonNamingPolicy.CamelCase.ConvertName(name);

    private static JsonObject OfType(string type) => new() { ["type"] = type };

    private static JsonObject OfPattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };
}

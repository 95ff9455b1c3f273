using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PachUp.Engine.Tests.Plans;

/// <summary>
/// Validates JSON with the part of JSON schema that the plan schema uses, and throws for other keywords. The validators in the package feed
/// cannot be restored or do not support <c>if</c> and <c>then</c>.
/// </summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "default", "then"];

    /// <summary>The errors, each with its path in the document.</summary>
    public IEnumerable<string> Validate(JsonNode? instance) => Validate(root, instance, "");

    private IEnumerable<string> Validate(JsonObject schema, JsonNode? instance, string path) => schema
        .Where(keyword => !Annotations.Contains(keyword.Key))
        .SelectMany(keyword => Apply(schema, keyword.Key, keyword.Value!, instance, path));

    private IEnumerable<string> Apply(JsonObject schema, string keyword, JsonNode value, JsonNode? instance, string path) => keyword switch
    {
        "$ref" => Validate((JsonObject)root["$defs"]![value.GetValue<string>().Split('/')[^1]]!, instance, path),
        "type" => Types(value).Any(type => IsOfType(instance, type)) ? [] : [$"{path}: not of type {string.Join(" or ", Types(value))}"],
        "const" => JsonNode.DeepEquals(value, instance) ? [] : [$"{path}: not {value}"],
        "enum" => value.AsArray().Any(choice => JsonNode.DeepEquals(choice, instance)) ? [] : [$"{path}: {instance} is none of the choices"],
        "pattern" => instance is JsonValue text && IsOfType(text, "string") && !Regex.IsMatch(text.GetValue<string>(), value.GetValue<string>())
            ? [$"{path}: \"{text}\" does not match {value}"] : [],
        "minItems" => instance is JsonArray array && array.Count < value.GetValue<int>() ? [$"{path}: too few items"] : [],
        "items" => instance is JsonArray array ? array.SelectMany((item, i) => Validate((JsonObject)value, item, $"{path}/{i}")) : [],
        "required" => instance is JsonObject mapping
            ? value.AsArray().Select(key => key!.GetValue<string>()).Where(key => !mapping.ContainsKey(key)).Select(key => $"{path}: no {key}") : [],
        "properties" => Properties(instance).Where(property => value[property.Key] is not null)
            .SelectMany(property => Validate((JsonObject)value[property.Key]!, property.Value, $"{path}/{property.Key}")),
        "propertyNames" => Properties(instance).SelectMany(property => Validate((JsonObject)value, property.Key, $"{path}/{property.Key}")),
        "additionalProperties" => Properties(instance).Where(property => schema["properties"]?[property.Key] is null)
            .SelectMany(property => value is JsonObject other ? Validate(other, property.Value, $"{path}/{property.Key}") : [$"{path}: {property.Key} is not allowed"]),
        "anyOf" => value.AsArray().Any(choice => !Validate((JsonObject)choice!, instance, path).Any()) ? [] : [$"{path}: {instance} fits no choice"],
        "allOf" => value.AsArray().SelectMany(part => Validate((JsonObject)part!, instance, path)),
        "if" => Validate((JsonObject)value, instance, path).Any() ? [] : Validate((JsonObject)schema["then"]!, instance, path),
        _ => throw new NotSupportedException($"the keyword {keyword} is not known here"),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonNode? instance) => instance as JsonObject ?? [];

    private static string[] Types(JsonNode value) => value is JsonArray several ? [.. several.Select(type => type!.GetValue<string>())] : [value.GetValue<string>()];

    private static bool IsOfType(JsonNode? instance, string type) => (type, instance?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(double.Parse(instance!.ToString(), CultureInfo.InvariantCulture)),
        _ => false,
    };
}

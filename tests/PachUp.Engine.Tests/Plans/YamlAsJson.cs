using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PachUp.Engine.Tests.Plans;

/// <summary>Reads YAML like the schema validator of an editor: unquoted numbers and booleans are not texts.</summary>
internal static class YamlAsJson
{
    public static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Convert(stream.Documents[0].RootNode);
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } truth => truth.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } plain when double.TryParse(plain.Value, CultureInfo.InvariantCulture, out var number) => number,
        _ => ((YamlScalarNode)node).Value,
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;

namespace PachUp.Commands.Plans.Schema;

/// <summary>The JSON schema (draft 2020-12) of one line of <c>--output jsonl</c>, made from the events themselves.</summary>
internal static class EventSchema
{
    private const string EventProperty = "event";

    private static readonly ToolEvent[] Samples =
    [
        new PlanShown(new object()), new RunBegan("", ""), new RunNote(""), new StepBegan("", 1, 1), new StepWorks("", ""),
        new StepEnded("", "", default, null, ""), new LateWritesSeen("", []), new Warned(""), new Asked("", ""), new Failed(1, "", "", []), new Answered(new object()),
    ];

    /// <summary>The schema as JSON text.</summary>
    public static string Generate()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "An event of PachUp: one line of --output jsonl",
            ["oneOf"] = new JsonArray([.. Samples.Select(SchemaOf)]),
        };
        return schema.ToJsonString(new JsonSerializerOptions(JsonAnswer.LineOptions) { WriteIndented = true });
    }

    private static JsonNode SchemaOf(ToolEvent sample)
    {
        var schema = JsonAnswer.LineOptions.GetJsonSchemaAsNode(sample.GetType()).AsObject();
        var properties = schema["properties"]!.AsObject();
        properties[EventProperty] = new JsonObject { ["const"] = sample.Event };
        properties["v"] = new JsonObject { ["const"] = ToolEvent.CurrentVersion };
        schema["type"] = "object";
        schema["required"] = new JsonArray("v", "time", EventProperty);
        return schema;
    }
}

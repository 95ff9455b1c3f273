using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Engine.Plans.Arguments;
using PachUp.Engine.Plans.Reading;

namespace PachUp.Engine.Plans;

/// <summary>
/// The JSON schema (draft 2020-12) of the plan format, for editors. It knows the steps that are loaded. The loader checks more: look-ups, unique
/// ids, published releases.
/// </summary>
public static class PlanSchema
{
    private const string LookupPattern = @"\$\{[^}]+\}";
    private const string ReleasePattern = @"^v?\d+\.\d+\.\d+";
    private const string LinePattern = @"^\d+\.\d+$";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text; the same steps give the same text.</summary>
    /// <param name="steps">The steps that plans can use.</param>
    /// <param name="platforms">The names of the platforms that plans can use.</param>
    public static string Generate(StepCatalogue steps, IEnumerable<string> platforms)
    {
        var schema = Plan();
        schema["$defs"] = new JsonObject
        {
            ["lookup"] = Text("A text with a look-up in it, such as ${parameters.archive}.", LookupPattern),
            ["parameter"] = Parameter(),
            ["cluster"] = Cluster(platforms),
            ["step"] = Step(steps),
        };
        return schema.ToJsonString(Format);
    }

    private static JsonObject Plan()
    {
        var plan = Mapping(
            "A migration plan of PachUp.",
            [PlanKeys.ApiVersion, PlanKeys.Kind, PlanKeys.Name, PlanKeys.From, PlanKeys.To, PlanKeys.Clusters, PlanKeys.Steps],
            (PlanKeys.ApiVersion, new JsonObject { ["const"] = PlanKeys.CurrentApiVersion }),
            (PlanKeys.Kind, new JsonObject { ["const"] = PlanKeys.MigrationPlanKind }),
            (PlanKeys.Name, Text("What commands call the plan.", PlanKeys.NamePattern)),
            (PlanKeys.Description, Text("What the plan is for.")),
            (PlanKeys.From, From()),
            (PlanKeys.To, Mapping("Where the plan leads.", [PlanKeys.Release], (PlanKeys.Release, Text("The release to move to.", ReleasePattern)))),
            (PlanKeys.Parameters, Parameters()),
            (PlanKeys.Clusters, Clusters()),
            (PlanKeys.Steps, Steps()));
        plan.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        plan.Insert(1, "title", "PachUp migration plan");
        return plan;
    }

    private static JsonObject From()
    {
        // An unquoted 1.8 is a number to YAML; the loader reads it as it is written.
        var line = Text("The line that the plan leaves.", LinePattern);
        line["type"] = new JsonArray("string", "number");
        return Mapping(
            "What the plan starts from.",
            [PlanKeys.Line, PlanKeys.AtLeast],
            (PlanKeys.Line, line),
            (PlanKeys.AtLeast, Text("The oldest point release of the line that the plan accepts.", ReleasePattern)));
    }

    private static JsonObject Parameters() => new()
    {
        ["description"] = "Values that --set name=value can change.",
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = PlanKeys.ParameterNamePattern },
        ["additionalProperties"] = Reference("parameter"),
    };

    private static JsonObject Parameter() => Mapping(
        "A parameter; without a default it has to be set.",
        [],
        (PlanKeys.Description, Text("What the parameter is for.")),
        (PlanKeys.Default, new JsonObject { ["description"] = "Its value where none is set.", ["type"] = new JsonArray("string", "number", "boolean") }));

    private static JsonObject Clusters() => Mapping(
        "The two clusters. One address for both is a migration in place.",
        [PlanKeys.Source, PlanKeys.Target],
        (PlanKeys.Source, Reference("cluster")),
        (PlanKeys.Target, Reference("cluster")));

    private static JsonObject Cluster(IEnumerable<string> platforms) => Mapping(
        "A cluster; {} is one that is found where pachctl finds it.",
        [],
        (PlanKeys.Address, Text("Where its pachd is: host:port.")),
        (PlanKeys.Platform, new JsonObject
        {
            ["description"] = "How it is deployed.",
            ["enum"] = ToArray(platforms.Order(StringComparer.Ordinal)),
            ["default"] = PlanCluster.DefaultPlatform,
        }));

    private static JsonObject Steps() => new()
    {
        ["description"] = "What is done, in this order.",
        ["type"] = "array",
        ["minItems"] = 1,
        ["items"] = Reference("step"),
    };

    private static JsonObject Step(StepCatalogue steps)
    {
        var step = Mapping(
            "One step.",
            [PlanKeys.Id, PlanKeys.Uses],
            (PlanKeys.Id, Text("A name for the step, unique in the plan.", PlanKeys.StepIdPattern)),
            (PlanKeys.Uses, new JsonObject { ["description"] = "What the step does.", ["enum"] = ToArray(steps.Names) }),
            (PlanKeys.With, new JsonObject { ["description"] = "What the step is given.", ["type"] = "object" }));
        step["allOf"] = new JsonArray([.. steps.All.Select(ArgumentsOf)]);
        return step;
    }

    private static JsonObject ArgumentsOf(StepDescriptor step)
    {
        string[] required = [.. step.Shape.Properties.Where(property => property.IsRequired).Select(property => property.Name)];
        var defaults = step.Shape.CreateDefaults();
        var with = Mapping(step.Summary, required, [.. step.Shape.Properties.Select(property => (property.Name, Argument(property, defaults)))]);
        var then = new JsonObject { ["properties"] = new JsonObject { [PlanKeys.With] = with } };
        if (required.Length > 0)
        {
            then["required"] = new JsonArray(PlanKeys.With);
        }

        return new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { [PlanKeys.Uses] = new JsonObject { ["const"] = step.Name } },
                ["required"] = new JsonArray(PlanKeys.Uses),
            },
            ["then"] = then,
        };
    }

    private static JsonObject Argument(ArgumentProperty property, object defaults)
    {
        var value = property.IsText ? property.Scalar.Schema() : new JsonObject { ["anyOf"] = new JsonArray(property.Scalar.Schema(), Reference("lookup")) };
        var schema = property.IsList ? new JsonObject { ["type"] = "array", ["items"] = value } : value;
        if (property.Description.Length > 0)
        {
            schema.Insert(0, "description", property.Description);
        }

        if (!property.IsRequired && !property.IsList && ScalarType.Write(property.DefaultOn(defaults)) is { } written)
        {
            schema["default"] = written;
        }

        return schema;
    }

    private static JsonObject Mapping(string description, string[] required, params (string Key, JsonObject Schema)[] properties)
    {
        var mapping = new JsonObject
        {
            ["description"] = description,
            ["type"] = "object",
            ["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Schema))),
            ["additionalProperties"] = false,
        };
        if (required.Length > 0)
        {
            mapping["required"] = ToArray(required);
        }

        return mapping;
    }

    private static JsonObject Text(string description, string? pattern = null)
    {
        var text = new JsonObject { ["description"] = description, ["type"] = "string" };
        if (pattern is not null)
        {
            text["pattern"] = pattern;
        }

        return text;
    }

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    private static JsonArray ToArray(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}

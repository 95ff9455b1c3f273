using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Arguments;

namespace PachUp.Engine.Plans.Reading;

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
            [PlanKeys.ApiVersion, PlanKeys.Kind, PlanKeys.Name, PlanKeys.From, PlanKeys.Clusters, PlanKeys.Steps],
            (PlanKeys.ApiVersion, new JsonObject { ["const"] = PlanKeys.CurrentApiVersion }),
            (PlanKeys.Kind, Kind()),
            (PlanKeys.Name, Text("What commands call the plan.", PlanKeys.NamePattern)),
            (PlanKeys.Description, Text("What the plan is for.")),
            (PlanKeys.From, From()),
            (PlanKeys.To, To()),
            (PlanKeys.Parameters, Parameters()),
            (PlanKeys.Requires, Requires()),
            (PlanKeys.Clusters, Clusters()),
            (PlanKeys.Steps, Steps()));
        plan["allOf"] = new JsonArray([.. PlanKind.All.Select(RulesOf)]);
        plan.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        plan.Insert(1, "title", "PachUp migration plan");
        return plan;
    }

    private static JsonObject Requires() => Mapping(
        "What has to be there for the plan.",
        [],
        (PlanKeys.Plugins, new JsonObject
        {
            ["description"] = "Plugins, each with the versions that suit, or the hash that \"pachup plugin list\" shows: the plan is not used with any others.",
            ["type"] = "array",
            ["items"] = Mapping(
                "A plugin.",
                [PlanKeys.Id],
                (PlanKeys.Id, Text("Its name.")),
                (PlanKeys.Version, Text("A range of versions as NuGet writes it: 1.2.0 is that or any later, [1.2.0] that alone, [1.2,2.0) from one up to another.")),
                (PlanKeys.Sha256, Text("The SHA-256 over its files.", PlanKeys.Sha256Pattern))),
        }));

    private static JsonObject Kind() => new()
    {
        ["description"] = "What the plan is for.",
        ["enum"] = ToArray(PlanKind.All.Select(kind => kind.Name)),
    };

    /// <summary>What a kind of plan has to say, and what it cannot.</summary>
    private static JsonObject RulesOf(PlanKind kind)
    {
        var rules = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                [PlanKeys.From] = new JsonObject
                {
                    ["required"] = ToArray(kind.Origin switch
                    {
                        OriginForm.Line => [PlanKeys.Line, PlanKeys.AtLeast],
                        OriginForm.AnyLine => [PlanKeys.Line],
                        _ => [PlanKeys.Backup],
                    })
                },
                [PlanKeys.Clusters] = new JsonObject
                {
                    ["required"] = ToArray(kind.Clusters),
                    ["propertyNames"] = new JsonObject { ["enum"] = ToArray(kind.Clusters) },
                },
            },
        };
        if (kind.Leads == Leading.Somewhere)
        {
            rules["required"] = ToArray([PlanKeys.To]);
        }

        return If(PlanKeys.Kind, kind.Name, rules);
    }

    private static JsonObject From() => Mapping(
        "What the plan starts from.",
        [],
        (PlanKeys.Line, Line("The line that the plan leaves; \"any\" for a plan that stays within a line.", $"{LinePattern}|^{PlanKeys.AnyLine}$")),
        (PlanKeys.AtLeast, Text("The oldest point release of the line that the plan accepts.", ReleasePattern)),
        (PlanKeys.Backup, Text("The archive of the backup that is restored.")));

    private static JsonObject To() => Mapping(
        "Where the plan leads.",
        [PlanKeys.Release],
        (PlanKeys.Release, Text("The release to move to; \"latest\" for the newest of the line.", $"{ReleasePattern}|^{PlanKeys.LatestRelease}$")),
        (PlanKeys.Line, Line("Beside \"release: latest\" in a plan between two lines: the line to move to.", LinePattern)));

    /// <summary>An unquoted 1.8 is a number to YAML; the loader reads it as it is written.</summary>
    private static JsonObject Line(string description, string pattern)
    {
        var line = Text(description, pattern);
        line["type"] = new JsonArray("string", "number");
        return line;
    }

    private static JsonObject Parameters() => new()
    {
        ["description"] = "Values that --set name=value can change, and --secret where they are secret.",
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = PlanKeys.ParameterNamePattern },
        ["additionalProperties"] = Reference("parameter"),
    };

    private static JsonObject Parameter() => Mapping(
        "A parameter; without a default it has to be set.",
        [],
        (PlanKeys.Description, Text("What the parameter is for.")),
        (PlanKeys.Default, new JsonObject { ["description"] = "Its value where none is set.", ["type"] = new JsonArray("string", "number", "boolean") }),
        (PlanKeys.Secret, new JsonObject
        {
            ["description"] = "Whether its value is a secret: it is given with --secret, never written and never shown.",
            ["type"] = "boolean",
            ["default"] = false,
        }));

    private static JsonObject Clusters() => Mapping(
        "The clusters. One address for source and target is a migration in place.",
        [],
        (PlanKeys.Source, Reference("cluster")),
        (PlanKeys.Target, Reference("cluster")));

    private static JsonObject Cluster(IEnumerable<string> platforms) => Mapping(
        "A cluster; {} is one that is found where pachctl finds it.",
        [],
        (PlanKeys.Address, Text("Where its pachd is: host:port.")),
        (PlanKeys.Peer, Text("Where its peer port is, 653 in the pod: host:port. It is used for the object API alone, where the public port keeps that closed.")),
        (PlanKeys.Platform, new JsonObject
        {
            ["description"] = "How it is deployed.",
            ["enum"] = ToArray(platforms.Order(StringComparer.Ordinal)),
            ["default"] = PlanCluster.DefaultPlatform,
        }),
        (PlanKeys.With, new JsonObject
        {
            ["description"] = "What its platform is told about it.",
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
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
            (PlanKeys.With, new JsonObject { ["description"] = "What the step is given.", ["type"] = "object" }),
            (PlanKeys.OnFailure, new JsonObject
            {
                ["description"] = "What becomes of the run when the step fails: it stops there, or it is rolled back at once.",
                ["enum"] = ToArray(["stop", "rollback"]),
                ["default"] = "stop",
            }));
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

        return If(PlanKeys.Uses, step.Name, then);
    }

    private static JsonObject If(string key, string value, JsonObject then) => new()
    {
        ["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = value } },
            ["required"] = new JsonArray(key),
        },
        ["then"] = then,
    };

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

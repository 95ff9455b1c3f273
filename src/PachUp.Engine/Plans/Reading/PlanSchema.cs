using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Arguments;

namespace PachUp.Engine.Plans.Reading;

/// <summary>
/// The JSON schema (draft 2020-12) of the plan format, for editors. It contains the loaded steps. <see cref="PlanLoader"/> checks more: look-ups,
/// unique ids, published releases.
/// </summary>
public static class PlanSchema
{
    /// <summary>The name of the schema. It stays the same as long as a plan that fits the schema today fits it later.</summary>
    private const string Id = "urn:pachup:plan:v1";

    private const string LookupPattern = @"\$\{[^}]+\}";
    private const string ReleasePattern = @"^v?\d+\.\d+\.\d+";
    private const string LinePattern = @"^\d+\.\d+$";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text. The same steps give the same text.</summary>
    /// <param name="steps">The available steps.</param>
    /// <param name="platforms">The names of the available platforms.</param>
    public static string Generate(StepCatalogue steps, IEnumerable<string> platforms)
    {
        var schema = Plan();
        schema["$defs"] = new JsonObject
        {
            ["lookup"] = Text("A text with a look-up, such as ${parameters.archive}.", LookupPattern),
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
            (PlanKeys.Name, Text("The name of the plan, for commands.", PlanKeys.NamePattern)),
            (PlanKeys.Description, Text("What the plan is for.")),
            (PlanKeys.From, From()),
            (PlanKeys.To, To()),
            (PlanKeys.Parameters, Parameters()),
            (PlanKeys.Requires, Requires()),
            (PlanKeys.InPlace, new JsonObject
            {
                ["description"] = "Whether the target replaces the source at its address. Otherwise \"pachup apply\" needs --in-place for that.",
                ["type"] = "boolean",
                ["default"] = false,
            }),
            (PlanKeys.Clusters, Clusters()),
            (PlanKeys.Steps, Steps()));
        plan["allOf"] = new JsonArray([.. PlanKind.All.Select(RulesOf)]);
        plan.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        plan.Insert(1, "$id", Id);
        plan.Insert(2, "title", "PachUp migration plan");
        return plan;
    }

    private static JsonObject Requires() => Mapping(
        "What the plan needs.",
        [],
        (PlanKeys.Plugins, new JsonObject
        {
            ["description"] = "The plugins that the plan needs, each with a version range, or the hash that \"pachup plugin list\" shows, or both. The plan is refused with other plugins.",
            ["type"] = "array",
            ["items"] = Mapping(
                "A plugin.",
                [PlanKeys.Id],
                (PlanKeys.Id, Text("Its name.")),
                (PlanKeys.Version, Text("A NuGet version range: 1.2.0 means 1.2.0 or later, [1.2.0] means only 1.2.0, [1.2,2.0) means from 1.2 up to but not including 2.0.")),
                (PlanKeys.Sha256, Text("The SHA-256 of its files.", PlanKeys.Sha256Pattern))),
        }));

    private static JsonObject Kind() => new()
    {
        ["description"] = "What the plan is for.",
        ["enum"] = ToArray(PlanKind.All.Select(kind => kind.Name)),
    };

    /// <summary>The keys that a kind of plan requires, and the keys that it does not allow.</summary>
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
        if (kind.Destination == DestinationRule.Required)
        {
            rules["required"] = ToArray([PlanKeys.To]);
        }

        return If(PlanKeys.Kind, kind.Name, rules);
    }

    private static JsonObject From() => Mapping(
        "The source of the plan.",
        [],
        (PlanKeys.Line, Line("The line of the source; \"any\" for a plan that stays within a line.", $"{LinePattern}|^{PlanKeys.AnyLine}$")),
        (PlanKeys.AtLeast, Text("The oldest point release of the line that the plan accepts.", ReleasePattern)),
        (PlanKeys.Backup, Text("The path of the backup to restore.")));

    private static JsonObject To() => Mapping(
        "The release that the plan migrates to.",
        [PlanKeys.Release],
        (PlanKeys.Release, Text("The release of the target; \"latest\" for the newest release of the line.", $"{ReleasePattern}|^{PlanKeys.LatestRelease}$")),
        (PlanKeys.Line, Line("The line of the target. Only together with \"release: latest\" in a plan between two lines.", LinePattern)));

    /// <summary>YAML reads an unquoted 1.8 as a number. The loader reads it as text.</summary>
    private static JsonObject Line(string description, string pattern)
    {
        var line = Text(description, pattern);
        line["type"] = new JsonArray("string", "number");
        return line;
    }

    private static JsonObject Parameters() => new()
    {
        ["description"] = "Values that the user can change with --set name=value, or with --secret for secret values.",
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = PlanKeys.ParameterNamePattern },
        ["additionalProperties"] = Reference("parameter"),
    };

    private static JsonObject Parameter() => Mapping(
        "A parameter. Without a default, the user has to set it.",
        [],
        (PlanKeys.Description, Text("What the parameter is for.")),
        (PlanKeys.Default, new JsonObject { ["description"] = "The value if the user sets none.", ["type"] = new JsonArray("string", "number", "boolean") }),
        (PlanKeys.Secret, new JsonObject
        {
            ["description"] = "Whether the value is secret. The user gives it with --secret. It is never stored and never shown.",
            ["type"] = "boolean",
            ["default"] = false,
        }));

    private static JsonObject Clusters() => Mapping(
        "The clusters. If source and target have the same address, the migration is in place.",
        [],
        (PlanKeys.Source, Reference("cluster")),
        (PlanKeys.Target, Reference("cluster")));

    private static JsonObject Cluster(IEnumerable<string> platforms) => Mapping(
        "A cluster. {} is the cluster that pachctl uses.",
        [],
        (PlanKeys.Address, Text("The address of pachd: host:port.")),
        (PlanKeys.Peer, Text("The address of the peer port of pachd (653 in the pod): host:port. It is used only for the object API, when the public port does not offer it.")),
        (PlanKeys.Platform, new JsonObject
        {
            ["description"] = "The platform that deploys the cluster.",
            ["enum"] = ToArray(platforms.Order(StringComparer.Ordinal)),
            ["default"] = PlanCluster.DefaultPlatform,
        }),
        (PlanKeys.With, new JsonObject
        {
            ["description"] = "Settings for the platform.",
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
        }));

    private static JsonObject Steps() => new()
    {
        ["description"] = "The steps, in the order in which they run.",
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
            (PlanKeys.With, new JsonObject { ["description"] = "The arguments of the step.", ["type"] = "object" }),
            (PlanKeys.OnFailure, new JsonObject
            {
                ["description"] = "What happens to the run when the step fails: it stops, or it is rolled back immediately.",
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

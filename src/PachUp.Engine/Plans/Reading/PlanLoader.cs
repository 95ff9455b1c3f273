using System.Collections.Immutable;
using System.Text;
using PachUp.Common.Files;
using PachUp.Engine.Lookups;
using PachUp.Engine.Plugins;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Failing;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads and checks plans. It returns a valid plan, or reports every mistake in the plan at once.</summary>
public sealed class PlanLoader
{
    /// <summary>The largest plan file that is read, in bytes. Shipped plans are about 1 kB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The available steps.</summary>
    public required StepCatalogue Steps { get; init; }

    /// <summary>The names of the available platforms.</summary>
    public required IReadOnlyCollection<string> Platforms { get; init; }

    /// <summary>The loaded plugins. A plan can require some of them.</summary>
    public IReadOnlyCollection<LoadedPlugin> Plugins { get; init; } = [];

    /// <summary>Whether a plan has to list the hash of every plugin that it uses and that did not ship with the tool.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Reads an environment variable; null if it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The known releases.</summary>
    public ReleaseCatalogue Releases { get; init; } = ReleaseCatalogue.BuiltIn;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidPlanException">The file cannot be read, or the plan or the overrides have a mistake.</exception>
    public PlanDocument LoadFile(string path, PlanOverrides? overrides = null)
    {
        var mistakes = new MistakeList(path);
        var text = ReadText(path, mistakes);
        mistakes.ThrowIfAny();
        return Parse(text, path, overrides);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text of the plan.</param>
    /// <param name="path">The path for messages.</param>
    /// <param name="overrides">The changes from the command line.</param>
    /// <exception cref="InvalidPlanException">The plan or the overrides have a mistake.</exception>
    public PlanDocument Parse(string text, string path, PlanOverrides? overrides = null)
    {
        var mistakes = new MistakeList(path);
        var root = YamlReader.Read(text, mistakes);
        var plan = root is null ? null : MappingReader.Open(root, "the plan", mistakes, PlanKeys.OfPlan);
        if (plan is null && mistakes.IsEmpty)
        {
            mistakes.AddToFile("the file is empty", "a plan");
        }

        var document = plan is null ? null : Read(plan, new PlanText(path, text, PlanContentHash.Sha256Of(root!)), overrides ?? PlanOverrides.None, mistakes);
        mistakes.ThrowIfAny();
        return document ?? throw new InvalidOperationException("a plan without mistakes was not read");
    }

    private PlanDocument? Read(MappingReader plan, PlanText written, PlanOverrides overrides, MistakeList mistakes)
    {
        var lookups = new LookupChecker(mistakes, Environment);
        var (name, description) = ReadHead(plan, mistakes);
        var kind = ReadKind(plan, mistakes);
        var requirements = new RequirementsReader(mistakes, Plugins, IsFrozen);
        var listed = requirements.Check(plan);
        var declared = plan.OptionalMapping(PlanKeys.Parameters, "names, each with a description and a default");
        var (parameters, values) = new ParametersReader(mistakes, lookups, new SecretReader(mistakes, Environment)).Read(declared, overrides);
        ImmutableArray<string> parameterNames = [.. parameters.Select(parameter => parameter.Name)];
        var scope = new LookupScope
        {
            Environment = Environment,
            ParameterValues = values,
            SecretParameters = [.. parameters.Where(parameter => parameter.IsSecret).Select(parameter => parameter.Name)],
        };
        var from = new OriginReader(mistakes, Releases, lookups, parameterNames).Read(plan, kind, scope);
        var destination = new DestinationReader(mistakes, Releases).Read(plan, kind, from, overrides.To);
        scope = scope with { FromLine = from?.Line, TargetRelease = destination?.Known };
        var clusters = new ClustersReader(mistakes, lookups, Platforms, parameterNames).Read(plan, kind, scope, overrides);
        var steps = new StepsReader(written.Path, mistakes, lookups, Steps).Read(plan, scope, parameterNames);
        requirements.CheckSteps(steps, listed);
        var saysInPlace = plan.OptionalFlag(PlanKeys.InPlace);
        if (!mistakes.IsEmpty)
        {
            return null;
        }

        var secretVariables = SecretVariablesOf(steps, scope);
        var redaction = new Redaction(SecretsOf(secretVariables, scope));
        return new PlanDocument
        {
            Path = written.Path,
            Text = written.Text,
            Sha256 = written.Sha256,
            Overrides = overrides with { Secrets = [.. overrides.Secrets.Select(SecretReader.Anchor)] },
            Name = name,
            Description = description,
            Purpose = kind.Purpose,
            From = from!,
            Destination = destination!,
            SaysInPlace = saysInPlace,
            Parameters = parameters,
            SourceCluster = clusters!.Value.Source,
            TargetCluster = clusters.Value.Target,
            Steps = redaction.IsEmpty ? steps : [.. steps.Select(step => step with { Step = step.Step.Redacting(redaction) })],
            Scope = scope,
            SecretVariables = secretVariables,
            Redaction = redaction,
        };
    }

    /// <summary>The values of secret parameters, and of environment variables that parameters and steps look up.</summary>
    private static IEnumerable<(string Value, string Lookup)> SecretsOf(IEnumerable<string> variables, LookupScope scope) =>
        scope.SecretParameters.Select(name => new Lookup([LookupScope.Parameters, name], Offset: 0))
            .Concat(variables.Select(name => new Lookup([LookupScope.Env, name], Offset: 0)))
            .Select(secret => (scope.ValueOf(secret) ?? "", secret.ToString()));

    private static ImmutableSortedSet<string> SecretVariablesOf(IEnumerable<PlanStep> steps, LookupScope scope) => steps
        .SelectMany(step => step.Arguments.Texts())
        .Concat(scope.ParameterValues.Values)
        .SelectMany(scope.EnvironmentNamesIn)
        .ToImmutableSortedSet(StringComparer.Ordinal);

    private static (string Name, string Description) ReadHead(MappingReader plan, MistakeList mistakes)
    {
        plan.RequireExactly(PlanKeys.ApiVersion, PlanKeys.CurrentApiVersion);
        var name = plan.RequiredText(PlanKeys.Name, "a name such as pachyderm-1.8.7-to-1.9.0");
        if (name is not null && !PlanKeys.ValidName().IsMatch(name.Value))
        {
            mistakes.Add(name.Position, $"\"{name.Value}\" cannot be the name of a plan", "lower-case letters, digits, and dots and dashes between them");
        }

        return (name?.Value ?? "", plan.OptionalText(PlanKeys.Description, "text")?.Value ?? "");
    }

    /// <summary>If the kind is wrong, the first kind is used to check the rest of the plan. The plan itself is not returned.</summary>
    private static PlanKind ReadKind(MappingReader plan, MistakeList mistakes)
    {
        string[] names = [.. PlanKind.All.Select(kind => kind.Name)];
        var written = plan.RequiredText(PlanKeys.Kind, Names.OneOf(names));
        var kind = written is null ? null : PlanKind.Find(written.Value);
        if (written is not null && kind is null)
        {
            mistakes.AddUnknownName(written.Position, $"\"kind\" is \"{written.Value}\"", written.Value, names);
        }

        return kind ?? PlanKind.All[0];
    }

    private static string ReadText(string path, MistakeList mistakes)
    {
        try
        {
            using var file = ReadFile.Open(path);
            if (file.Length > MaxBytes)
            {
                mistakes.AddToFile($"the file has {file.Length} bytes", $"a plan of at most {MaxBytes}");
                return "";
            }

            using var reader = new StreamReader(file, StrictUtf8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            mistakes.AddToFile("the file is not text", "YAML in UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            mistakes.AddToFile($"the file cannot be read: {e.Message}");
        }

        return "";
    }

    /// <summary>The text of a plan.</summary>
    /// <param name="Path">The path for messages.</param>
    /// <param name="Text">The text.</param>
    /// <param name="Sha256">The hash of its content.</param>
    private sealed record PlanText(string Path, string Text, string Sha256);
}

using System.Collections.Immutable;
using PachUp.Engine.Plans.Lookups;
using PachUp.Engine.Plans.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the parameters of a plan and gives them the values of the command line.</summary>
internal sealed class ParametersReader(MistakeList mistakes, LookupChecker lookups)
{
    private static readonly LookupContext InDefault = new()
    {
        Place = "the default of a parameter",
        Roots = [LookupScope.Env, LookupScope.RunRoot, LookupScope.From, LookupScope.To],
    };

    private readonly ImmutableArray<PlanParameter>.Builder _parameters = ImmutableArray.CreateBuilder<PlanParameter>();
    private readonly Dictionary<string, TextTemplate> _values = new(StringComparer.Ordinal);

    public (ImmutableArray<PlanParameter> Parameters, ImmutableDictionary<string, TextTemplate> Values) Read(PlanMapping? declared, IEnumerable<string> options)
    {
        var given = ReadOptions(options, [.. (declared?.Entries ?? []).Select(entry => entry.Key.Value)]);
        foreach (var entry in declared?.Entries ?? [])
        {
            ReadParameter(entry, given.GetValueOrDefault(entry.Key.Value));
        }

        return (_parameters.ToImmutable(), _values.ToImmutableDictionary());
    }

    private Dictionary<string, string> ReadOptions(IEnumerable<string> options, string[] declared)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            var name = option.Split('=')[0];
            if (name.Length == option.Length || name.Length == 0)
            {
                mistakes.AddToOption($"--set {option}", "this sets nothing", "name=value");
            }
            else if (!declared.Contains(name))
            {
                mistakes.AddToOption($"--set {name}", $"the plan has no parameter \"{name}\"", Names.OneOf(declared), NearestName.Of(name, declared));
            }
            else
            {
                given[name] = option[(name.Length + 1)..];
            }
        }

        return given;
    }

    private void ReadParameter(PlanEntry entry, string? given)
    {
        var name = entry.Key.Value;
        if (!PlanKeys.ValidParameterName().IsMatch(name))
        {
            mistakes.Add(entry.Key.Position, $"\"{name}\" cannot be the name of a parameter", "a letter, then letters, digits, dashes and underscores");
        }

        if (MappingReader.Open(entry.Value, $"parameter \"{name}\"", mistakes, PlanKeys.Description, PlanKeys.Default) is not { } reader)
        {
            return;
        }

        var description = reader.OptionalText(PlanKeys.Description, "text")?.Value ?? "";
        var byDefault = reader.OptionalText(PlanKeys.Default, "text; nothing at all is written \"\"");
        _parameters.Add(new PlanParameter(name, description, byDefault?.Value, given is not null));
        if (ValueOf(entry.Key, byDefault, given) is { } value)
        {
            _values[name] = value;
        }
    }

    /// <summary>What is typed on the command line is taken as it is; look-ups are for plans.</summary>
    private TextTemplate? ValueOf(PlanScalar name, PlanScalar? byDefault, string? given)
    {
        if (given is not null)
        {
            return TextTemplate.Literal(given);
        }

        if (byDefault is not null)
        {
            return lookups.Read(byDefault, InDefault);
        }

        mistakes.Add(name.Position, $"the parameter \"{name.Value}\" has no default and was not set", $"--set {name.Value}=VALUE on the command line");
        return null;
    }
}

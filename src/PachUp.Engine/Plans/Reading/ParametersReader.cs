using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Lookups;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the parameters of a plan and sets the values from the command line.</summary>
internal sealed class ParametersReader(MistakeList mistakes, LookupChecker lookups, SecretReader secrets)
{
    private const string Set = "--set";
    private const string Secret = "--secret";

    private static readonly LookupContext InDefault = new()
    {
        Place = "the default of a parameter",
        Roots = [LookupScope.Env, LookupScope.RunRoot, LookupScope.From, LookupScope.To],
    };

    private readonly ImmutableArray<PlanParameter>.Builder _parameters = ImmutableArray.CreateBuilder<PlanParameter>();
    private readonly Dictionary<string, TextTemplate> _values = new(StringComparer.Ordinal);

    public (ImmutableArray<PlanParameter> Parameters, ImmutableDictionary<string, TextTemplate> Values) Read(PlanMapping? declared, PlanOverrides overrides)
    {
        string[] names = [.. (declared?.Entries ?? []).Select(entry => entry.Key.Value)];
        var set = ReadOptions(Set, "name=value", overrides.Set, names);
        var secret = ReadOptions(Secret, SecretReader.Expected, overrides.Secrets, names);
        foreach (var entry in declared?.Entries ?? [])
        {
            ReadParameter(entry, set.GetValueOrDefault(entry.Key.Value), secret.GetValueOrDefault(entry.Key.Value));
        }

        return (_parameters.ToImmutable(), _values.ToImmutableDictionary());
    }

    private Dictionary<string, string> ReadOptions(string option, string form, IEnumerable<string> settings, string[] declared)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var name = setting.Split('=')[0];
            if (name.Length == setting.Length || name.Length == 0)
            {
                mistakes.AddToOption($"{option} {setting}", "this is not a setting", form);
            }
            else if (!declared.Contains(name))
            {
                mistakes.AddToOption($"{option} {name}", $"the plan has no parameter \"{name}\"", Names.OneOf(declared), NearestName.Of(name, declared));
            }
            else
            {
                given[name] = setting[(name.Length + 1)..];
            }
        }

        return given;
    }

    /// <param name="entry">The parameter in the plan.</param>
    /// <param name="set">The value of <c>--set</c>; null for none.</param>
    /// <param name="secretPlace">The value of <c>--secret</c>; null for none.</param>
    private void ReadParameter(PlanEntry entry, string? set, string? secretPlace)
    {
        var name = entry.Key.Value;
        if (!PlanKeys.ValidParameterName().IsMatch(name))
        {
            mistakes.Add(entry.Key.Position, $"\"{name}\" cannot be the name of a parameter", "a letter, then letters, digits, dashes and underscores");
        }

        if (MappingReader.Open(entry.Value, $"parameter \"{name}\"", mistakes, PlanKeys.Description, PlanKeys.Default, PlanKeys.Secret) is not { } reader)
        {
            return;
        }

        var description = reader.OptionalText(PlanKeys.Description, "text")?.Value ?? "";
        var byDefault = reader.OptionalText(PlanKeys.Default, "text; write \"\" for an empty text");
        var isSecret = reader.OptionalFlag(PlanKeys.Secret);
        _parameters.Add(new PlanParameter(name, description, byDefault?.Value, (isSecret ? secretPlace : set) is not null) { IsSecret = isSecret });
        if ((isSecret ? SecretOf(entry.Key, byDefault, set, secretPlace) : ValueOf(entry.Key, byDefault, set, secretPlace)) is { } value)
        {
            _values[name] = value;
        }
    }

    /// <summary>A value from the command line is literal. Look-ups work only in plans.</summary>
    private TextTemplate? ValueOf(PlanScalar name, PlanScalar? byDefault, string? set, string? secretPlace)
    {
        if (secretPlace is not null)
        {
            mistakes.AddToOption($"{Secret} {name.Value}", $"the parameter \"{name.Value}\" is not secret", $"{Set} {name.Value}=VALUE");
            return null;
        }

        return set is not null ? TextTemplate.Literal(set) : DefaultOf(name, byDefault, $"{Set} {name.Value}=VALUE on the command line");
    }

    /// <summary>A secret is never typed on the command line: other users can list processes, and the shell keeps a history.</summary>
    private TextTemplate? SecretOf(PlanScalar name, PlanScalar? byDefault, string? set, string? place)
    {
        var expected = $"{Secret} {name.Value}=env:VARIABLE or {Secret} {name.Value}=file:PATH";
        if (set is not null)
        {
            mistakes.AddToOption($"{Set} {name.Value}", $"the parameter \"{name.Value}\" is secret, but other users can see what is typed on the command line", expected);
            return null;
        }

        if (place is not null)
        {
            return secrets.Read(name.Value, place) is { } secret ? TextTemplate.Literal(secret) : null;
        }

        var value = DefaultOf(name, byDefault, expected + " on the command line");
        if (byDefault is { Value.Length: > 0 } && value is not null && !value.IsLookup)
        {
            mistakes.Add(byDefault.Position, $"the parameter \"{name.Value}\" is secret, but everyone who has the plan can read its default", "${env.VARIABLE}, or no default");
        }

        return value;
    }

    private TextTemplate? DefaultOf(PlanScalar name, PlanScalar? byDefault, string howToGive)
    {
        if (byDefault is not null)
        {
            return lookups.Read(byDefault, InDefault);
        }

        mistakes.Add(name.Position, $"the parameter \"{name.Value}\" has no default and no value", howToGive);
        return null;
    }
}

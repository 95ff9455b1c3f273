using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>The arguments of a step as written in the plan, with look-ups.</summary>
public sealed class ArgumentTemplate
{
    private readonly string _file;
    private readonly string _owner;
    private readonly ArgumentShape _shape;
    private readonly PlanMapping? _with;
    private readonly PlanPosition _position;

    internal ArgumentTemplate(string file, string owner, ArgumentShape shape, PlanMapping? with, PlanPosition position)
    {
        _file = file;
        _owner = owner;
        _shape = shape;
        _with = with;
        _position = position;
    }

    /// <summary>
    /// The arguments for display, in the order of the plan. Look-ups with a known value are replaced. Environment variables are not replaced, because
    /// they may be secrets.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Describe(LookupScope scope) =>
        [.. (_with?.Entries ?? []).Select(entry => KeyValuePair.Create(entry.Key.Value, Print(entry.Value, scope)))];

    /// <summary>The look-ups that have no value yet, as written.</summary>
    public ImmutableArray<string> Pending(LookupScope scope) =>
        [.. Texts().SelectMany(scope.PendingIn).Select(lookup => lookup.ToString()).Distinct()];

    /// <summary>The step's record of arguments with every look-up replaced.</summary>
    /// <exception cref="InvalidPlanException">A value has the wrong type, or a look-up has no value.</exception>
    public object Resolve(LookupScope scope)
    {
        var mistakes = new MistakeList(_file);
        var arguments = Bind(mistakes, scope, scalar => FillOrReport(scalar, scope, mistakes));
        mistakes.ThrowIfAny();
        return arguments;
    }

    /// <summary>
    /// The step's record of arguments as far as it is known before the run. Texts keep the look-ups that have no value yet. Null if an argument that is
    /// not text has a look-up without a value.
    /// </summary>
    /// <exception cref="InvalidPlanException">A value has the wrong type.</exception>
    public object? ResolveForPreview(LookupScope scope)
    {
        var mistakes = new MistakeList(_file);
        var openTexts = _shape.Properties.Where(property => property.IsText).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var typed = (_with?.Entries ?? []).Where(entry => !openTexts.Contains(entry.Key.Value));
        if (typed.SelectMany(entry => TextsIn(entry.Value)).Any(text => text.Fill(scope.ValueOf) is null))
        {
            return null;
        }

        var arguments = Bind(mistakes, scope, scalar => TextTemplate.Parse(scalar.Value).Fill(scope.KnownValueOf));
        mistakes.ThrowIfAny();
        return arguments;
    }

    internal IEnumerable<TextTemplate> Texts() => _with is null ? [] : TextsIn(_with);

    private object Bind(MistakeList mistakes, LookupScope scope, Func<PlanScalar, string?> fill) =>
        new ArgumentBinder(_shape, _owner, mistakes, scope, fill).Bind(_with, _position);

    private static string? FillOrReport(PlanScalar scalar, LookupScope scope, MistakeList mistakes)
    {
        var template = TextTemplate.Parse(scalar.Value);
        foreach (var lookup in scope.PendingIn(template))
        {
            mistakes.Add(scalar.PositionOf(lookup.Offset), $"\"{lookup}\" has no value", OutputsOf(lookup, scope));
        }

        return template.Fill(scope.ValueOf);
    }

    private static string OutputsOf(Lookup lookup, LookupScope scope) =>
        lookup.Path is [LookupScope.Steps, var step, _] && scope.Outputs.TryGetValue(step, out var outputs)
            ? $"an output of step \"{step}\": {Names.OneOf([.. outputs.Keys])}"
            : "";

    private static string Print(PlanNode node, LookupScope scope) => node switch
    {
        PlanScalar scalar => scope.Print(scalar.Value),
        PlanSequence list => $"[{string.Join(", ", list.Items.Select(item => Print(item, scope)))}]",
        _ => node.Kind,
    };

    private static IEnumerable<TextTemplate> TextsIn(PlanNode node) => node switch
    {
        PlanScalar scalar => [TextTemplate.Parse(scalar.Value)],
        PlanSequence list => list.Items.SelectMany(TextsIn),
        PlanMapping mapping => mapping.Entries.SelectMany(entry => TextsIn(entry.Value)),
        _ => [],
    };
}

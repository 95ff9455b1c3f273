using System.Collections.Immutable;
using PachUp.Pachyderm;

namespace PachUp.Engine.Lookups;

/// <summary>
/// The values for look-ups. More values become known over time: first the values of the plan, then the release of the source, then the run, then
/// the outputs of steps.
/// </summary>
public sealed record LookupScope
{
    internal const string Parameters = "parameters";
    internal const string Env = "env";
    internal const string RunRoot = "run";
    internal const string From = "from";
    internal const string To = "to";
    internal const string Steps = "steps";

    internal static readonly ImmutableArray<string> Roots = [Parameters, Env, RunRoot, From, To, Steps];
    internal static readonly ImmutableArray<string> RunNames = ["id", "directory"];
    internal static readonly ImmutableArray<string> ReleaseNames = ["line", "release"];

    /// <summary>The line of the source; null if the plan starts from any line and the source was not asked yet.</summary>
    public ReleaseLine? FromLine { get; init; }

    /// <summary>The release of the target; null if it depends on the source and the source was not asked yet.</summary>
    public Release? TargetRelease { get; init; }

    /// <summary>Reads an environment variable; null if it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The release of the source; null if the source was not asked yet.</summary>
    public Release? SourceRelease { get; init; }

    /// <summary>The run; null before it is created.</summary>
    public RunIdentity? Run { get; init; }

    /// <summary>The outputs of the finished steps, by step id and output name.</summary>
    public ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> Outputs { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>The names of the parameters whose values are secret.</summary>
    internal ImmutableHashSet<string> SecretParameters { get; init; } = [];

    internal ImmutableDictionary<string, TextTemplate> ParameterValues { get; init; } = ImmutableDictionary<string, TextTemplate>.Empty;

    /// <summary>The scope with the outputs of one more step.</summary>
    public LookupScope WithOutputs(string stepId, ImmutableSortedDictionary<string, string> outputs) =>
        this with { Outputs = Outputs.SetItem(stepId, outputs) };

    /// <summary>The value of a parameter; null if it looks up a value that is not known yet.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such parameter.</exception>
    public string? ParameterValue(string name) => ParameterValues[name].Fill(ValueOf);

    /// <summary>
    /// The value of a parameter for display. Values that are not known yet, and environment variables, are shown as their look-up. A secret
    /// parameter is shown as <c>(secret)</c>.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The plan has no such parameter.</exception>
    public string PrintableParameter(string name) => SecretParameters.Contains(name) ? "(secret)" : ParameterValues[name].Fill(PrintableValueOf) ?? "";

    /// <summary>The value of a look-up; null if it is not known yet.</summary>
    internal string? ValueOf(Lookup lookup) => lookup.Path switch
    {
        [Parameters, ..] => FillParameter(lookup, ValueOf),
        [Env, var name] => Environment(name),
        [RunRoot, "id"] => Run?.Id,
        [RunRoot, "directory"] => Run?.Directory,
        [From, "line"] => (SourceRelease?.Line ?? FromLine)?.ToString(),
        [From, "release"] => SourceRelease?.ToString(),
        [To, "line"] => TargetRelease?.Line.ToString(),
        [To, "release"] => TargetRelease?.ToString(),
        [Steps, var step, var output] => Outputs.GetValueOrDefault(step)?.GetValueOrDefault(output),
        _ => null,
    };

    /// <summary>The value of a look-up as far as it is known. Unknown parts are kept as look-ups.</summary>
    internal string KnownValueOf(Lookup lookup) => ValueOf(lookup) ?? FillParameter(lookup, KnownValueOf) ?? lookup.ToString();

    /// <summary>
    /// The value of a look-up for display. Secret parameters and environment variables, which may be secrets, are kept as look-ups.
    /// </summary>
    internal string PrintableValueOf(Lookup lookup) => lookup.Path switch
    {
        [Env, ..] => lookup.ToString(),
        [Parameters, var name] when SecretParameters.Contains(name) => lookup.ToString(),
        [Parameters, ..] => FillParameter(lookup, PrintableValueOf) ?? lookup.ToString(),
        _ => KnownValueOf(lookup),
    };

    /// <summary>A text for display, see <see cref="PrintableValueOf"/>.</summary>
    internal string Print(string text) => TextTemplate.Parse(text).Fill(PrintableValueOf)!;

    /// <summary>The look-ups in a text that have no value yet. A parameter is replaced by the look-ups in its value.</summary>
    internal IEnumerable<Lookup> PendingIn(TextTemplate text) => text.Lookups.Where(lookup => ValueOf(lookup) is null).SelectMany(lookup =>
        ParameterOf(lookup) is { } parameter ? PendingIn(parameter) : [lookup]);

    /// <summary>The environment variables that a text looks up, directly or through parameters.</summary>
    internal IEnumerable<string> EnvironmentNamesIn(TextTemplate text) => text.Lookups.SelectMany(lookup => lookup.Path switch
    {
        [Env, var name] => [name],
        _ => ParameterOf(lookup) is { } parameter ? EnvironmentNamesIn(parameter) : [],
    });

    private string? FillParameter(Lookup lookup, Func<Lookup, string?> valueOf) => ParameterOf(lookup)?.Fill(valueOf);

    private TextTemplate? ParameterOf(Lookup lookup) => lookup.Path is [Parameters, var name] ? ParameterValues.GetValueOrDefault(name) : null;
}

/// <summary>The values of a run that look-ups can use.</summary>
/// <param name="Id">The id of the run.</param>
/// <param name="Directory">The directory of the run, as a full path.</param>
public sealed record RunIdentity(string Id, string Directory)
{
    private const string NotBegun = "RUN";

    /// <summary>A placeholder for a run that is not created yet.</summary>
    /// <param name="statePath">The state directory.</param>
    public static RunIdentity Upcoming(string statePath) => new(NotBegun, Path.Combine(Path.GetFullPath(statePath), "runs", NotBegun));
}

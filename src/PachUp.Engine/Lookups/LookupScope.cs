using System.Collections.Immutable;
using PachUp.Pachyderm;

namespace PachUp.Engine.Lookups;

/// <summary>
/// What look-ups are answered from. It grows: the plan's own values are there from the start, the source's release once it was asked, the
/// run once it is created, outputs as steps are done.
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

    /// <summary>The line that is left; null where the plan starts from any, until the source was asked.</summary>
    public ReleaseLine? FromLine { get; init; }

    /// <summary>The release that is moved to; null where it depends on the source, until that was asked.</summary>
    public Release? TargetRelease { get; init; }

    /// <summary>Looks up an environment variable; null where it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The release that the source runs; null until it was asked.</summary>
    public Release? SourceRelease { get; init; }

    /// <summary>The run; null before there is one.</summary>
    public RunIdentity? Run { get; init; }

    /// <summary>Outputs of the steps that are done, by step id and output name.</summary>
    public ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> Outputs { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>The names of the parameters whose values are secret.</summary>
    internal ImmutableHashSet<string> SecretParameters { get; init; } = [];

    internal ImmutableDictionary<string, TextTemplate> ParameterValues { get; init; } = ImmutableDictionary<string, TextTemplate>.Empty;

    /// <summary>The scope with the outputs of one more step.</summary>
    public LookupScope WithOutputs(string stepId, ImmutableSortedDictionary<string, string> outputs) =>
        this with { Outputs = Outputs.SetItem(stepId, outputs) };

    /// <summary>The value of a parameter; null while it looks up what is not known yet.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such parameter.</exception>
    public string? ParameterValue(string name) => ParameterValues[name].Fill(ValueOf);

    /// <summary>
    /// The value of a parameter for showing people: what is not known yet, and environment variables, stand there as they are looked up; of a
    /// secret one, that it is secret.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The plan has no such parameter.</exception>
    public string PrintableParameter(string name) => SecretParameters.Contains(name) ? "(secret)" : ParameterValues[name].Fill(PrintableValueOf) ?? "";

    /// <summary>The value; null while it is not known.</summary>
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

    /// <summary>The value as far as it is known; what is still open stands there as it was looked up.</summary>
    internal string KnownValueOf(Lookup lookup) => ValueOf(lookup) ?? FillParameter(lookup, KnownValueOf) ?? lookup.ToString();

    /// <summary>
    /// The same for showing people: secret parameters, and environment variables, which may be secrets, stand there as they were looked up.
    /// </summary>
    internal string PrintableValueOf(Lookup lookup) => lookup.Path switch
    {
        [Env, ..] => lookup.ToString(),
        [Parameters, var name] when SecretParameters.Contains(name) => lookup.ToString(),
        [Parameters, ..] => FillParameter(lookup, PrintableValueOf) ?? lookup.ToString(),
        _ => KnownValueOf(lookup),
    };

    /// <summary>A text for showing people, see <see cref="PrintableValueOf"/>.</summary>
    internal string Print(string text) => TextTemplate.Parse(text).Fill(PrintableValueOf)!;

    /// <summary>The look-ups of a text that have no value yet, those of parameters in place of the parameters.</summary>
    internal IEnumerable<Lookup> PendingIn(TextTemplate text) => text.Lookups.Where(lookup => ValueOf(lookup) is null).SelectMany(lookup =>
        ParameterOf(lookup) is { } parameter ? PendingIn(parameter) : [lookup]);

    /// <summary>The environment variables that a text looks up, itself or through parameters.</summary>
    internal IEnumerable<string> EnvironmentNamesIn(TextTemplate text) => text.Lookups.SelectMany(lookup => lookup.Path switch
    {
        [Env, var name] => [name],
        _ => ParameterOf(lookup) is { } parameter ? EnvironmentNamesIn(parameter) : [],
    });

    private string? FillParameter(Lookup lookup, Func<Lookup, string?> valueOf) => ParameterOf(lookup)?.Fill(valueOf);

    private TextTemplate? ParameterOf(Lookup lookup) => lookup.Path is [Parameters, var name] ? ParameterValues.GetValueOrDefault(name) : null;
}

/// <summary>What look-ups can know of a run.</summary>
/// <param name="Id">The id of the run.</param>
/// <param name="Directory">The directory of the run, as a full path.</param>
public sealed record RunIdentity(string Id, string Directory)
{
    private const string NotBegun = "RUN";

    /// <summary>Stands for a run that has not begun.</summary>
    /// <param name="statePath">Where runs are kept.</param>
    public static RunIdentity Upcoming(string statePath) => new(NotBegun, Path.Combine(Path.GetFullPath(statePath), "runs", NotBegun));
}

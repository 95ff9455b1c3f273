using System.Collections.Immutable;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk.Testing.Rules;
using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing;

/// <summary>
/// What every plugin owes the people who run it, rule by rule. A plugin and a plan that uses it are tried as the host would: the plugin is loaded
/// from its folder in a context of its own, the plan is carried out by the real engine, between clusters that run in this process. A test project
/// shows each rule as a test of its own; with xunit:
/// <code>
/// private static readonly PluginConformance Plugin = PluginConformance.Of("plugins/Acme.Freeze", "plans/freeze.yaml");
///
/// public static TheoryData&lt;string&gt; Rules => [.. Plugin.Rules];
///
/// [Theory, MemberData(nameof(Rules))]
/// public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
/// </code>
/// </summary>
public sealed record PluginConformance
{
    private const string LeftOut = " (does not apply)";

    private PluginConformance(string folder, string? plan) => (Folder, Plan) = (folder, plan);

    /// <summary>The folder of the built plugin. Its main assembly has the name of the folder.</summary>
    public string Folder { get; }

    /// <summary>The plan that uses it; null where only the plugin itself is looked at.</summary>
    public string? Plan { get; }

    /// <summary>The release of the source; null for the oldest that the plan accepts.</summary>
    public Release? From { get; init; }

    /// <summary>The release of the target, as after <c>--to</c>; null for the plan's own.</summary>
    public Release? To { get; init; }

    /// <summary>What the source holds; null for the recorded <c>world</c> of its line, which has a little of everything.</summary>
    public Cluster? Source { get; init; }

    /// <summary>
    /// Values of parameters of the plan, each <c>name=value</c> as after <c>--set</c>. In a value <see cref="ScratchFolder"/> stands for a folder
    /// that is made for the run and removed after it: what a step writes outside the run's own directory belongs there, so that it is looked at.
    /// </summary>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>What stands for the folder of a run in <see cref="Set"/>.</summary>
    public const string ScratchFolder = Trial.ScratchFolder;

    /// <summary>
    /// The rules that have nothing to ask of this plugin: that of rewriters where it has none. A rule that finds nothing to ask and is not named
    /// here is broken, and so is one that is named here and finds something: no rule passes in silence.
    /// </summary>
    public ImmutableArray<string> DoesNotApply { get; init; } = [];

    /// <summary>
    /// Behind how many records of its journal a run is interrupted, spread evenly over all of them; null for every single one. Each takes about as long
    /// as the plan itself does between two clusters in the process.
    /// </summary>
    public int? Interruptions { get; init; }

    /// <summary>How many operations the larger of two streams has that a rewriter is given, 10,000 or more. Each holds 1 KiB.</summary>
    public int StreamedOperations { get; init; } = 100_000;

    /// <summary>Names a plugin, and the plan that it is tried with.</summary>
    /// <param name="folder">The folder of the built plugin, absolute or relative to the folder of the tests.</param>
    /// <param name="plan">The plan, absolute or relative to the folder of the tests; null to look at the plugin itself only.</param>
    public static PluginConformance Of(string folder, string? plan = null) => new(Absolute(folder), plan is null ? null : Absolute(plan));

    /// <summary>All rules, for a test each, in the order in which it is wise to read them. Of those in <see cref="DoesNotApply"/> the text says so.</summary>
    public ImmutableArray<string> Rules => [.. Rule.All.Select(rule => DoesNotApply.Contains(rule.Name) ? rule.Name + LeftOut : rule.Name)];

    /// <summary>Asks whether the plugin keeps a rule.</summary>
    /// <param name="rule">One of <see cref="ConformanceRules"/>, or of <see cref="Rules"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public async Task<ConformanceResult> AskAsync(string rule, CancellationToken cancellationToken = default)
    {
        var name = rule.Replace(LeftOut, "", StringComparison.Ordinal);
        var asked = Rule.All.FirstOrDefault(known => known.Name == name)
            ?? throw new ArgumentException($"There is no rule \"{name}\"; there are {string.Join(", ", Rules)}.", nameof(rule));
        try
        {
            return new ConformanceResult(name, ConformanceOutcome.Kept, await asked.LookAsync(Trial, cancellationToken));
        }
        catch (NothingToAskException e)
        {
            return new ConformanceResult(name, ConformanceOutcome.NotApplicable, e.Message);
        }
        catch (Exception e) when (e is RuleBrokenException or InvalidPlanException or SandboxException or StepFailedException or PachdException)
        {
            return new ConformanceResult(name, ConformanceOutcome.Broken, e.Message);
        }
    }

    /// <summary>Throws unless the plugin keeps a rule, or the rule is among those that <see cref="DoesNotApply"/> to it and indeed does not.</summary>
    /// <inheritdoc cref="AskAsync"/>
    /// <exception cref="ConformanceException">It does not keep it; the message says what to do about it.</exception>
    public async Task CheckAsync(string rule, CancellationToken cancellationToken = default)
    {
        var result = await AskAsync(rule, cancellationToken);
        var isExpected = result.Outcome == (DoesNotApply.Contains(result.Rule) ? ConformanceOutcome.NotApplicable : ConformanceOutcome.Kept);
        if (!isExpected)
        {
            throw new ConformanceException(result with { Text = result.Text + AdviceOn(result) });
        }
    }

    private Trial Trial => new()
    {
        Folder = Folder,
        Plan = Plan,
        From = From,
        To = To,
        FillSourceAsync = cluster => (Source ?? Cluster.Recorded($"{cluster.Release}-world")).MakeAsync(cluster),
        Set = Set,
        Interruptions = Interruptions,
        StreamedOperations = StreamedOperations,
    };

    private string AdviceOn(ConformanceResult result) => result.Outcome switch
    {
        ConformanceOutcome.NotApplicable => $"\nIf that is as it should be, name \"{result.Rule}\" in {nameof(DoesNotApply)}.",
        ConformanceOutcome.Kept => $"\nThe rule has something to ask of this plugin: take \"{result.Rule}\" out of {nameof(DoesNotApply)}.",
        _ => "",
    };

    private static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, AppContext.BaseDirectory));
}

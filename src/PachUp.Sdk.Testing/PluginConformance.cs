using System.Collections.Immutable;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk.Testing.Environments;
using PachUp.Sdk.Testing.Rules;

namespace PachUp.Sdk.Testing;

/// <summary>
/// Tests a plugin against the rules for all plugins, as the host would use it: the plugin is loaded from its folder in its own context, and the real
/// engine carries out a plan that uses it, between clusters that run in this process. A test project shows each rule as one test; with xunit:
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

    /// <summary>The plan that uses the plugin; null to test only the plugin itself.</summary>
    public string? Plan { get; }

    /// <summary>The release of the source; null for the oldest that the plan accepts.</summary>
    public Release? From { get; init; }

    /// <summary>The release of the target, as after <c>--to</c>; null for the plan's own.</summary>
    public Release? To { get; init; }

    /// <summary>The content of the source; null for the recorded <c>world</c> of its line, which contains a little of everything.</summary>
    public Cluster? Source { get; init; }

    /// <summary>
    /// Values of plan parameters, each <c>name=value</c> as after <c>--set</c>. In a value <see cref="ScratchFolder"/> stands for a folder that is
    /// created
    /// for the run and deleted after it. Let steps write there what they write outside the run directory, so that the rules see it.
    /// </summary>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>The placeholder for the run's folder in <see cref="Set"/>.</summary>
    public const string ScratchFolder = Trial.ScratchFolder;

    /// <summary>
    /// The rules that do not apply to this plugin, for example those about rewriters if it has none. A rule that does not apply but is not named here
    /// counts as broken, and so does a rule that is named here but applies.
    /// </summary>
    public ImmutableArray<string> DoesNotApply { get; init; } = [];

    /// <summary>
    /// After how many records of its journal a run is interrupted, spread evenly over all records; null for all of them. Each interruption takes
    /// about as
    /// long as the whole plan.
    /// </summary>
    public int? Interruptions { get; init; }

    /// <summary>The number of operations in the larger of the two streams for a rewriter, at least 10,000. Each contains 1 KiB.</summary>
    public int StreamedOperations { get; init; } = 100_000;

    /// <summary>Names a plugin, and the plan with which it is tested.</summary>
    /// <param name="folder">The folder of the built plugin, absolute or relative to the folder of the tests.</param>
    /// <param name="plan">The plan, absolute or relative to the folder of the tests; null to test only the plugin itself.</param>
    public static PluginConformance Of(string folder, string? plan = null) => new(Absolute(folder), plan is null ? null : Absolute(plan));

    /// <summary>All rules, one test each, in the order in which to read failures. The text marks the rules in <see cref="DoesNotApply"/>.</summary>
    public ImmutableArray<string> Rules => [.. Rule.All.Select(rule => DoesNotApply.Contains(rule.Name) ? rule.Name + LeftOut : rule.Name)];

    /// <summary>Tests whether the plugin keeps a rule.</summary>
    /// <param name="rule">One of <see cref="ConformanceRules"/>, or of <see cref="Rules"/>.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public async Task<ConformanceResult> AskAsync(string rule, CancellationToken cancellationToken = default)
    {
        var name = rule.Replace(LeftOut, "", StringComparison.Ordinal);
        var asked = Rule.All.FirstOrDefault(known => known.Name == name)
            ?? throw new ArgumentException($"There is no rule \"{name}\". Valid names: {string.Join(", ", Rules)}.", nameof(rule));
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

    /// <summary>Throws unless the plugin keeps a rule, or the rule is in <see cref="DoesNotApply"/> and does not apply.</summary>
    /// <inheritdoc cref="AskAsync"/>
    /// <exception cref="ConformanceException">The plugin breaks the rule; the message says what to do.</exception>
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
        ConformanceOutcome.NotApplicable => $"\nIf this is intended, add \"{result.Rule}\" to {nameof(DoesNotApply)}.",
        ConformanceOutcome.Kept => $"\nThe rule applies to this plugin: remove \"{result.Rule}\" from {nameof(DoesNotApply)}.",
        _ => "",
    };

    private static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, AppContext.BaseDirectory));
}

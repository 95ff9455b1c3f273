using System.Collections.Immutable;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>A rule for all plugins.</summary>
internal abstract class Rule
{
    /// <summary>All rules, in the order in which to read failures: a broken early rule can be the reason for later ones.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new PluginLoads(),
        new OffersAreDescribed(),
        new FindingsSayWhatToDo(),
        new PreviewWritesNothing(),
        new RehearsalWritesNothing(),
        new NothingIsLost(),
        new ChangesAreAnnounced(),
        new StepsCanBeRepeated(),
        new InterruptionIsSurvived(),
        new RollbackGivesBack(),
        new RewriterStreams(),
        new RewriterKeepsOrder(),
        new FailuresNameThings(),
    ];

    /// <summary>One of <see cref="ConformanceRules"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Tests whether the plugin keeps the rule.</summary>
    /// <returns>What was tested.</returns>
    /// <exception cref="RuleBrokenException">The plugin breaks the rule.</exception>
    /// <exception cref="NothingToAskException">The rule does not apply.</exception>
    public abstract Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken);
}

using System.Collections.Immutable;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>Something that every plugin owes.</summary>
internal abstract class Rule
{
    /// <summary>All of them, in the order in which it is wise to read them: where an early one is broken, later ones may be for the same reason.</summary>
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

    /// <summary>Looks whether it is kept.</summary>
    /// <returns>What was looked at.</returns>
    /// <exception cref="RuleBrokenException">It is not.</exception>
    /// <exception cref="NothingToAskException">There is nothing to look at.</exception>
    public abstract Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken);
}

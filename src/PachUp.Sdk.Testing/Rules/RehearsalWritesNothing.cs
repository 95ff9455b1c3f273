using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.RehearsalWritesNothing"/>
internal sealed class RehearsalWritesNothing : Rule
{
    public override string Name => RuleNames.RehearsalWritesNothing;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var clusters = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var before = clusters.FilesOutsideRuns().ToList();

        var rehearsal = await clusters.RehearseAsync(cancellationToken);
        UndisturbedRun.ThrowUnlessDone(rehearsal, TestEnvironment.Command(plugin, "rehearse"));

        var changed = clusters.FilesOutsideRuns().Except(before).Concat(before.Except(clusters.FilesOutsideRuns())).Distinct().ToList();
        var executed = clusters.Plan.Steps.Where(step => step.Step.Traits.IsSafeInRehearsal).Select(step => step.Step.Name).Distinct().ToList();
        return changed.Count == 0
            ? $"{executed.Count} kinds of steps were executed, {clusters.Plan.Steps.Count(step => !step.Step.Traits.IsSafeInRehearsal)} steps previewed, no file changed"
            : throw new RuleBrokenException(
                $"the rehearsal changed {string.Join("; ", changed)}. One of these steps did it: {string.Join(", ", executed)}. Remove "
                    + $"{nameof(StepTraits.IsSafeInRehearsal)} "
                  + $"from its {nameof(StepTraits)}, or announce the file through {nameof(IWritesFiles)}.");
    }
}

using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.RehearsalWritesNothing"/>
internal sealed class RehearsalWritesNothing : Rule
{
    public override string Name => RuleNames.RehearsalWritesNothing;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.StartAsync(plugin, cancellationToken);
        var before = stage.FilesOutsideRuns().ToList();

        var rehearsal = await stage.RehearseAsync(cancellationToken);
        UndisturbedRun.ThrowUnlessDone(rehearsal, Stage.Command(plugin, "rehearse"));

        var changed = stage.FilesOutsideRuns().Except(before).Concat(before.Except(stage.FilesOutsideRuns())).Distinct().ToList();
        var executed = stage.Plan.Steps.Where(step => step.Step.Traits.IsSafeInRehearsal).Select(step => step.Step.Name).Distinct().ToList();
        return changed.Count == 0
            ? $"{executed.Count} kinds of steps were executed, {stage.Plan.Steps.Count(step => !step.Step.Traits.IsSafeInRehearsal)} steps previewed, no file changed"
            : throw new RuleBrokenException(
                $"the rehearsal changed {string.Join("; ", changed)}. One of these steps did it: {string.Join(", ", executed)}. Remove "
                    + $"{nameof(StepTraits.IsSafeInRehearsal)} "
                  + $"from its {nameof(StepTraits)}, or announce the file through {nameof(IWritesFiles)}.");
    }
}

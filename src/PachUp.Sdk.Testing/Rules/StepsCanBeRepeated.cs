using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.StepsCanBeRepeated"/>
internal sealed class StepsCanBeRepeated : Rule
{
    public override string Name => RuleNames.StepsCanBeRepeated;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var undisturbed = await UndisturbedRun.OfAsync(plugin, cancellationToken);
        var steps = undisturbed.Steps.ToList();
        foreach (var step in steps)
        {
            await ResumedRun.CompareAsync(
                plugin,
                undisturbed,
                CrashingJournal.BeforeEndOf(step),
                $"the step \"{step}\" was done twice, because the run was interrupted before its end was recorded",
                cancellationToken);
        }

        return $"each of {steps.Count} steps was done twice: {string.Join(", ", steps)}";
    }
}

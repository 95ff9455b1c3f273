using PachUp.Engine.Runs.Journals;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.RollbackGivesBack"/>
internal sealed class RollbackGivesBack : Rule
{
    public override string Name => RuleNames.RollbackGivesBack;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var undisturbed = await UndisturbedRun.OfAsync(plugin, cancellationToken);
        var oneWay = await OneWayStepsAsync(plugin, cancellationToken);
        var points = undisturbed.Records.Where(record => record.Event == JournalEvent.StepDone).TakeWhile(record => !oneWay.Contains(record.Step)).ToList();
        foreach (var point in points)
        {
            await CompareAsync(plugin, point, cancellationToken);
        }

        return points.Count > 0
            ? $"rolled back after each of {points.Count} steps"
            : throw new NothingToAskException($"the first step, {oneWay[0]}, changes something and cannot be undone.");
    }

    /// <summary>The steps of the plugin that change something and cannot be undone: after them, a rollback promises nothing.</summary>
    private static async Task<IReadOnlyList<string>> OneWayStepsAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var offered = PluginUnderTest.Load(plugin.Folder).Offer.Steps;
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        await using var plan = await environment.PlanAsync(cancellationToken);
        return [.. plan.Preview.Steps.Where(step => offered.Contains(step.Uses) && !step.IsRevertible && step.Preview.Effects.Length > 0).Select(step => step.Id)];
    }

    private static async Task CompareAsync(Trial plugin, JournalRecord point, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var before = await environment.SourceAsync();
        await environment.CrashAsync(CrashingJournal.Behind(point.Seq), cancellationToken);

        var when = $"the run ended after the step \"{point.Step}\" and was rolled back";
        var rollback = await environment.RollBackAsync(cancellationToken);
        if (!rollback.IsComplete)
        {
            throw new RuleBrokenException($"{when}, which failed: {rollback.Failure?.Message} {rollback.Failure?.Remedy}");
        }

        var difference = (await environment.SourceAsync()).DifferenceTo(before);
        if (difference.Length > 0)
        {
            throw new RuleBrokenException(
                $"{when}, but the source is not as it was before:\n{difference}\nThe rollback undid: "
                    + $"{string.Join(", ", rollback.Steps.Select(step => $"{step.Id} ({step.Text})"))}. "
                  + "Let a step that changes something implement IRevertibleStep, and let RevertAsync undo exactly what ExecuteAsync did.");
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Engine.Steps.Arguments;
using PachUp.Engine.Yaml;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Runs;

/// <summary>
/// The catch-ups of a run: steps that are not in its plan. They carry what was written to the source after the extract. Then the run compares its target
/// again, and goes on with what was left of its plan.
/// </summary>
public static class CatchUps
{
    /// <summary>How the ids of these steps begin. The id of a step in a plan has no dot.</summary>
    private const string Prefix = "catch-up.";

    /// <summary>Whether a step of a run is a catch-up.</summary>
    public static bool IsOne(string stepId) => stepId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether runs of a plan can catch up, as far as its preview tells: a migration to a second cluster, whose source still works.</summary>
    public static bool AreOffered(PlanPreview plan) => plan is { Purpose: PlanPurpose.Migration, IsInPlace: false };

    /// <summary>Looks at the source of a run, also if its plan has let writers into it again.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="run">Its directory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <exception cref="StepFailedException">The source does not answer, or the run has not extracted it.</exception>
    public static async Task<LateWriteReport> LookAsync(
        PlannedMigration plan, RunDirectory run, TimeProvider time, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        await new LateWriteWatch(plan, run, time).TryLookAsync(progress, cancellationToken) switch
        {
            null => throw StepFailedException.Refused($"run {run.Id} has not extracted its source", "Resume it first."),
            { NotLooked: { } reason } => throw new StepFailedException($"the source of run {run.Id} cannot be read: {reason}", "Start the source again, then catch up."),
            var report => report,
        };

    /// <summary>The ids of the steps that a run does when it is resumed.</summary>
    public static IEnumerable<string> StepsLeft(PlannedMigration plan, RunState state) => StepsOf(plan, state).Where(step => !IsDone(step, state)).Select(step => step.Id);

    /// <summary>The steps of a run: a catch-up that is not done, and the steps of its plan.</summary>
    internal static ImmutableArray<PlanStep> StepsOf(PlannedMigration plan, RunState state) =>
        state.CatchUp is { } id ? [StepOf(plan, id), .. plan.Document.Steps] : plan.Document.Steps;

    /// <summary>Whether a step is done. After a catch-up, the target has to be compared again.</summary>
    internal static bool IsDone(PlanStep step, RunState state) => state.Steps.GetValueOrDefault(step.Id) == StepState.Done
        && (state.CatchUps == 0 || !step.Step.Traits.ComparesTarget || state.DoneSinceCatchUp.Contains(step.Id));

    /// <summary>The id of the next catch-up of a run.</summary>
    internal static string NextId(RunState state) => Prefix + (state.CatchUps + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The step of a catch-up, with the defaults of its arguments.</summary>
    private static PlanStep StepOf(PlannedMigration plan, string id)
    {
        var step = plan.CatchUp!;
        return new PlanStep(id, step, new ArgumentTemplate(plan.Document.Path, step.Name, step.Shape, with: null, new PlanPosition(1, 1)), new PlanPosition(1, 1));
    }

    /// <summary>Refuses a run that cannot catch up.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="run">Its directory.</param>
    /// <exception cref="StepFailedException">It cannot, and the message says why.</exception>
    public static void ThrowUnlessPossible(PlannedMigration plan, RunDirectory run) =>
        ThrowUnlessPossible(plan, run, RunState.Of(Journal.Read(run.File(RunFiles.Journal))));

    internal static void ThrowUnlessPossible(PlannedMigration plan, RunDirectory run, RunState state)
    {
        if (FindObstacle(plan, run, state) is { } obstacle)
        {
            throw StepFailedException.Refused($"run {run.Id} cannot catch up: {obstacle.Why}", obstacle.Remedy);
        }
    }

    private static (string Why, string Remedy)? FindObstacle(PlannedMigration plan, RunDirectory run, RunState state) => (plan.Preview.Purpose, state) switch
    {
        (_, { RollbackStarted: true }) => ("it was rolled back, completely or in part", "Start a new run."),
        (PlanPurpose.Migration, _) when plan.Preview.IsInPlace => (
            "the target takes the place of the source, so the source is gone or its extract is not restored yet",
            $"If the source still answers, roll the run back (pachup rollback {run.Id}) and start a new one."),
        (not PlanPurpose.Migration, _) => ("only a migration keeps the history that a catch-up continues", "Start a new run into a target on fresh metadata storage."),
        _ when !HasFilledTarget(plan, state) => ("its target is not filled yet", $"Resume it first: pachup apply --resume {run.Id}"),
        _ when plan.CatchUp is null => ("no plugin offers a step that carries late writes", "List the plugins with \"pachup plugin list\"."),
        _ => null,
    };

    private static bool HasFilledTarget(PlannedMigration plan, RunState state)
    {
        var filling = plan.Document.Steps.Where(step => step.Step.Traits.FillsTarget).ToList();
        return filling.Count > 0 && filling.All(step => state.Steps.GetValueOrDefault(step.Id) == StepState.Done);
    }
}

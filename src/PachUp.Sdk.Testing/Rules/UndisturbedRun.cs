using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>A run that nobody disturbed: what others are compared with.</summary>
/// <param name="Records">What was written about it.</param>
/// <param name="After">What the clusters held afterwards.</param>
internal sealed record UndisturbedRun(IReadOnlyList<JournalRecord> Records, ClusterLines After)
{
    /// <summary>The steps, in the order in which they ended.</summary>
    public IEnumerable<string> Steps => Records.Where(record => record.Event == JournalEvent.StepDone).Select(record => record.Step);

    /// <summary>Carries the plan out.</summary>
    /// <exception cref="RuleBrokenException">It does not come to its end.</exception>
    public static async Task<UndisturbedRun> OfAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.StartAsync(plugin, cancellationToken);
        var result = await stage.ApplyAsync(cancellationToken);
        ThrowUnlessDone(result, Stage.Command(plugin));
        return new UndisturbedRun(Journal.Read(result.Run.File(RunFiles.Journal)), await stage.EverythingAsync());
    }

    /// <summary>Throws unless a run came to its end.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="when">How to see it again.</param>
    public static void ThrowUnlessDone(RunResult result, string when)
    {
        if (result.Outcome != RunOutcome.Done)
        {
            var step = result.Steps.FirstOrDefault(step => step.State is not (StepState.Done or StepState.Pending));
            throw new RuleBrokenException(
                $"the step \"{step?.Id}\" ({step?.Uses}) ended {step?.State.ToString().ToLowerInvariant()}: {result.Failure?.Message} {result.Failure?.Remedy} "
                + $"Again: {when}");
        }
    }
}

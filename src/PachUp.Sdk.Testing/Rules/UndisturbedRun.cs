using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>A run without interruption, with which others are compared.</summary>
/// <param name="Records">The records of its journal.</param>
/// <param name="After">The content of the clusters after it.</param>
internal sealed record UndisturbedRun(IReadOnlyList<JournalRecord> Records, ClusterLines After)
{
    /// <summary>The steps, in the order in which they ended.</summary>
    public IEnumerable<string> Steps => Records.Where(record => record.Event == JournalEvent.StepDone).Select(record => record.Step);

    /// <summary>Carries out the plan.</summary>
    /// <exception cref="RuleBrokenException">The run does not finish.</exception>
    public static async Task<UndisturbedRun> OfAsync(Trial plugin, CancellationToken cancellationToken)
    {
        await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        var result = await environment.ApplyAsync(cancellationToken);
        ThrowUnlessDone(result, TestEnvironment.Command(plugin));
        return new UndisturbedRun(Journal.Read(result.Run.File(RunFiles.Journal)), await environment.EverythingAsync());
    }

    /// <summary>Throws unless a run finished.</summary>
    /// <param name="result">The result of the run.</param>
    /// <param name="when">How to reproduce it.</param>
    public static void ThrowUnlessDone(RunResult result, string when)
    {
        if (result.Outcome != RunOutcome.Done)
        {
            var step = result.Steps.FirstOrDefault(step => step.State is not (StepState.Done or StepState.Pending));
            throw new RuleBrokenException(
                $"the step \"{step?.Id}\" ({step?.Uses}) ended {step?.State.ToString().ToLowerInvariant()}: {result.Failure?.Message} {result.Failure?.Remedy} "
                + $"Reproduce it with: {when}");
        }
    }
}

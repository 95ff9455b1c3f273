using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Steps.Resuming;

/// <summary>Creates the pipelines with a cron input that a restore left out.</summary>
internal static class LeftPipelines
{
    /// <summary>Creates those that are missing. A pipeline that exists was created before an interruption.</summary>
    /// <param name="client">The target.</param>
    /// <param name="missed">What happens to missed ticks.</param>
    /// <param name="expected">What the target has to contain.</param>
    /// <param name="left">The names of the pipelines that were left out.</param>
    /// <param name="execution">The step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the user should know, one sentence each.</returns>
    public static async Task<IReadOnlyList<string>> CreateAsync(
        PachdClient client, MissedTicks missed, ExpectedTarget expected, IReadOnlyCollection<string> left, IStepExecution execution, CancellationToken cancellationToken)
    {
        var release = ReleaseTraits.Of(await client.GetReleaseAsync(cancellationToken));
        var there = (await client.ListPipelinesAsync(cancellationToken)).Select(info => info.Pipeline.Name).ToHashSet(StringComparer.Ordinal);
        var resumption = new CronResumption(client, release, missed, execution.Time);
        foreach (var stopped in expected.Inventory.Pipelines.Where(pipeline => pipeline.Stopped))
        {
            await resumption.ConvertAsync(stopped, cancellationToken);
        }

        var created = 0;
        foreach (var pipeline in expected.Inventory.Pipelines.Where(pipeline => left.Contains(pipeline.Name) && !there.Contains(pipeline.Name)))
        {
            execution.Progress.Report(new StepProgress($"creating pipeline {pipeline.Name}", created++, left.Count, "pipelines"));
            await resumption.CreateAsync(pipeline, expected.Comparison, cancellationToken);
        }

        return resumption.Notes;
    }
}

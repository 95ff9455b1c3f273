using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Steps.Pausing;

/// <summary>A cron input that still ticks although its pipeline is stopped.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Spec">When it ticks.</param>
/// <param name="Repo">The repo in which it makes ticks.</param>
/// <param name="Start">The start time in its spec.</param>
/// <param name="Schedule">The schedule of the spec.</param>
internal sealed record TickingInput(string Pipeline, string Spec, string Repo, DateTimeOffset? Start, CronSchedule Schedule)
{
    /// <summary>The cron inputs of stopped pipelines; none on releases where stopping a pipeline ends its ticks.</summary>
    public static async Task<IReadOnlyList<TickingInput>> FindAsync(
        PachdClient client, IReadOnlyCollection<string> stopped, CancellationToken cancellationToken)
    {
        if (stopped.Count == 0 || ReleaseTraits.Of(await client.GetReleaseAsync(cancellationToken)).StopEndsTicks)
        {
            return [];
        }

        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        return [.. pipelines.Where(info => stopped.Contains(info.Pipeline.Name) && info.State != PipelineState.PipelineFailure).SelectMany(Of)];
    }

    /// <summary>The time from which the server counts the next tick; null if it makes no tick, or does not tell.</summary>
    public async Task<DateTimeOffset?> FindNewestAsync(PachdClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await CronTick.FindNewestAsync(client, Repo, cancellationToken) is { } newest ? newest.Moment : Start;
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            return null;
        }
    }

    private static IEnumerable<TickingInput> Of(PipelineInfo pipeline) =>
        from cron in PipelineInputs.Crons(pipeline)
        let schedule = CronSchedule.TryParse(cron.Spec)
        where schedule is not null
        select new TickingInput(pipeline.Pipeline.Name, cron.Spec, PipelineInputs.RepoOf(pipeline, cron), cron.Start?.ToDateTimeOffset(), schedule);
}

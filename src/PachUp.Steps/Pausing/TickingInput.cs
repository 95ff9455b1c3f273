using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Steps.Pausing;

/// <summary>A cron input that goes on ticking although its pipeline is stopped.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Spec">When it ticks.</param>
/// <param name="Repo">The repo that it ticks into.</param>
/// <param name="Start">Where it begins to count.</param>
/// <param name="Schedule">The schedule of the spec.</param>
internal sealed record TickingInput(string Pipeline, string Spec, string Repo, DateTimeOffset? Start, CronSchedule Schedule)
{
    /// <summary>The inputs of some stopped pipelines, where stopping does not end their ticks.</summary>
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

    /// <summary>The moment that the server counts on from; null where it makes no tick, or cannot be asked.</summary>
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

using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Resuming;

/// <summary>
/// Creates cron pipelines on the target after everything else has arrived. pachd continues from the newest tick in the repo, and makes all ticks at
/// once that are due since then. If missed ticks are skipped, this class first puts a tick with the current time into the repo. If the newest tick
/// has the format of 1.7, it puts a tick in the target's format there, because otherwise 1.8 and later never tick again.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="release">Its release.</param>
/// <param name="missed">What happens to missed ticks.</param>
/// <param name="time">The clock.</param>
internal sealed class CronResumption(PachdClient client, ReleaseTraits release, MissedTicks missed, TimeProvider time)
{
    private readonly List<string> _notes = [];

    /// <summary>What the user should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Creates a pipeline, and checks that it is what was wanted.</summary>
    /// <exception cref="StepFailedException">The created pipeline differs.</exception>
    public async Task CreateAsync(PipelineInventory pipeline, ComparisonOptions comparison, CancellationToken cancellationToken)
    {
        foreach (var cron in PipelineInputs.Crons(pipeline.Info))
        {
            await PrepareAsync(pipeline, cron, cancellationToken);
        }

        await client.CreatePipelineAsync(PipelineSpecs.ToRequest(pipeline.Info), cancellationToken);
        await ThrowIfDifferentAsync(pipeline, comparison, cancellationToken);
    }

    /// <summary>Converts the newest tick of a pipeline that stays stopped into the format of the target's release.</summary>
    public async Task ConvertAsync(PipelineInventory pipeline, CancellationToken cancellationToken)
    {
        foreach (var cron in PipelineInputs.Crons(pipeline.Info))
        {
            var repo = PipelineInputs.RepoOf(pipeline.Info, cron);
            if (await CronTick.FindNewestAsync(client, repo, cancellationToken) is { Moment: { } moment } newest && IsUnreadable(newest))
            {
                await TickAsync(repo, cron, newest, moment, cancellationToken);
            }
        }
    }

    private async Task PrepareAsync(PipelineInventory pipeline, CronInput cron, CancellationToken cancellationToken)
    {
        var repo = PipelineInputs.RepoOf(pipeline.Info, cron);
        await DeleteOpenHeadAsync(repo, cancellationToken);
        var newest = await CronTick.FindNewestAsync(client, repo, cancellationToken);
        if (newest is { Moment: null })
        {
            _notes.Add($"The name of file {newest.Path} in repo \"{repo}\" is not a time, so pachd makes no tick there: delete the file.");
            return;
        }

        var now = time.GetUtcNow();
        var countsFrom = newest?.Moment ?? cron.Start?.ToDateTimeOffset();
        if (missed == MissedTicks.Skip && countsFrom is { } from && CronSchedule.TryParse(cron.Spec)?.Next(from) <= now)
        {
            await TickAsync(repo, cron, newest, now, cancellationToken);
            _notes.Add($"Repo \"{repo}\" got one tick, at the time of the resume, instead of those that were due after "
                + $"{from.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        }
        else if (newest is { Moment: { } moment } && IsUnreadable(newest))
        {
            await TickAsync(repo, cron, newest, moment, cancellationToken);
        }
    }

    private bool IsUnreadable(CronTick tick) => tick.HasFormUntil1_7 && release.NamesTicksByTime;

    private async Task TickAsync(string repo, CronInput cron, CronTick? newest, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var tick = CronTick.Of(moment, release);
        var commit = await client.StartCommitAsync(repo, CronTick.Branch, cancellationToken);
        if (newest is not null && (cron.Overwrite || IsUnreadable(newest)))
        {
            await client.DeleteFileAsync(repo, commit, newest.Path, cancellationToken);
        }

        await client.PutFileAsync(repo, commit, tick.Path, ContentOf(tick), cancellationToken);
        await client.FinishCommitAsync(repo, commit, cancellationToken);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ContentOf(CronTick tick)
    {
        if (tick.Content() is { Length: > 0 } content)
        {
            yield return content;
        }

        await Task.CompletedTask;
    }

    /// <summary>Deletes the tick that an interrupted resume started; nothing else leaves an open commit there.</summary>
    private async Task DeleteOpenHeadAsync(string repo, CancellationToken cancellationToken)
    {
        if (await client.ListCommitsAsync(repo, cancellationToken).FirstOrDefaultAsync(commit => commit.Finished is null, cancellationToken) is { } open)
        {
            await client.DeleteCommitAsync(repo, open.Commit.Id, cancellationToken);
        }
    }

    private async Task ThrowIfDifferentAsync(PipelineInventory wanted, ComparisonOptions comparison, CancellationToken cancellationToken)
    {
        var found = (await client.ListPipelinesAsync(cancellationToken)).FirstOrDefault(info => info.Pipeline.Name == wanted.Name);
        var difference = InventoryDifference.Between(
            ClusterOf([wanted]),
            ClusterOf(found is null ? [] : [new PipelineInventory { Name = wanted.Name, Stopped = found.Stopped, Info = found }]),
            comparison);
        if (!difference.IsComplete)
        {
            throw new StepFailedException(
                $"pipeline \"{wanted.Name}\" was created, but it differs from the source: "
                    + $"{string.Join("; ", difference.Changed.Select(item => item.Detail).DefaultIfEmpty("it does not exist"))}",
                "Compare it with the spec in the inventory of the source, correct it with \"pachctl update-pipeline\", then resume the run.")
            {
                Kind = FailureKind.LossFound,
            };
        }
    }

    private ClusterInventory ClusterOf(PipelineInventory[] pipelines) => new() { Release = release.Release, ClusterId = "", Pipelines = [.. pipelines] };
}

using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Steps.Resuming;

/// <summary>
/// Lets cron pipelines begin on a target where everything else is in place. pachd counts on from the newest tick in the repo, and makes up at once
/// what was due since then. So before the pipeline is created, a tick is put there that is named by the present, where missed ones are to be
/// skipped; and one of the form that the release reads, where the newest has that of 1.7: 1.8 and later would never tick again.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="release">Its release.</param>
/// <param name="missed">What becomes of missed ticks.</param>
/// <param name="time">The time.</param>
internal sealed class CronResumption(PachdClient client, ReleaseTraits release, MissedTicks missed, TimeProvider time)
{
    private readonly List<string> _notes = [];

    /// <summary>What a reader should know, sentence by sentence.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Creates a pipeline, and makes sure that it is as it is to be.</summary>
    /// <exception cref="StepFailedException">It came out different.</exception>
    public async Task CreateAsync(PipelineInventory pipeline, ComparisonOptions comparison, CancellationToken cancellationToken)
    {
        foreach (var cron in PipelineInputs.Crons(pipeline.Info))
        {
            await PrepareAsync(pipeline, cron, cancellationToken);
        }

        await client.CreatePipelineAsync(PipelineSpecs.ToRequest(pipeline.Info), cancellationToken);
        await ThrowIfDifferentAsync(pipeline, comparison, cancellationToken);
    }

    /// <summary>Puts the newest tick of a pipeline that stays stopped into the form that its release reads.</summary>
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
            _notes.Add($"File {newest.Path} of repo \"{repo}\" is named by no time, so pachd makes no tick there: delete it.");
            return;
        }

        var now = time.GetUtcNow();
        var countsFrom = newest?.Moment ?? cron.Start?.ToDateTimeOffset();
        if (missed == MissedTicks.Skip && countsFrom is { } from && CronSchedule.TryParse(cron.Spec)?.Next(from) <= now)
        {
            await TickAsync(repo, cron, newest, now, cancellationToken);
            _notes.Add($"Repo \"{repo}\" got one tick, at the time of the resume, for those that were due after {from.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
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

    /// <summary>A tick that an interrupted resume began makes way; nothing else leaves an open commit there.</summary>
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
                $"pipeline \"{wanted.Name}\" was created and is not what it is to be: {string.Join("; ", difference.Changed.Select(item => item.Detail).DefaultIfEmpty("it is not there"))}",
                "Compare it with the spec in the inventory of the source, and correct it with \"pachctl update-pipeline\"; then resume the run.")
            {
                Kind = FailureKind.LossFound,
            };
        }
    }

    private ClusterInventory ClusterOf(PipelineInventory[] pipelines) => new() { Release = release.Release, ClusterId = "", Pipelines = [.. pipelines] };
}

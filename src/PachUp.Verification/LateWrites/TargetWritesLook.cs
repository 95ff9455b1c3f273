using PachUp.Common;
using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Verification.LateWrites;

/// <summary>
/// Looks at the target of a run, and compares it with what was there when it was verified: what users wrote since is not in the source. A target that does
/// not answer is no failure: the report says that PachUp could not look.
/// </summary>
/// <param name="context">The plan of the run.</param>
/// <param name="runDirectory">The directory of the run.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class TargetWritesLook(IStepContext context, string runDirectory, IProgress<StepProgress> progress)
{
    /// <summary>Looks.</summary>
    /// <param name="time">The time of the look.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<LateWriteReport> TakeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var verified = Path.Combine(runDirectory, RecordFiles.Target);
        if (!File.Exists(verified))
        {
            return new LateWriteReport { Time = time, NotLooked = "the run has not recorded what was in the target when clients were switched" };
        }

        try
        {
            var before = await InventoryFile.ReadAsync(verified, cancellationToken);
            if (await FindOtherAsync(before, cancellationToken) is { } other)
            {
                return new LateWriteReport { Time = time, NotLooked = $"cluster {other} answers at {context.Target.Address}, and the target of the run is cluster {before.ClusterId}" };
            }

            var news = new InlineProgress<InventoryProgress>(news => progress.Report(StepProgress.Of(news)));
            var now = await InventoryReader.ReadAsync(context.Target.Connect(), InventoryOptions.MetadataOnly, news, cancellationToken);
            return new LateWriteComparison(Running(WithPipelinesOfResume(before, now)), Running(now)).Compare(time);
        }
        catch (PachdException e)
        {
            return new LateWriteReport { Time = time, NotLooked = e.Message.TrimEnd('.') };
        }
    }

    // A new connection: the connection of the run would wait for a target that is switched off.
    private async Task<string?> FindOtherAsync(ClusterInventory before, CancellationToken cancellationToken)
    {
        var address = context.Target.Address;
        await using var client = PachdClient.Create(address with { Timeouts = address.Timeouts with { Retry = TimeSpan.Zero } });
        return await client.GetClusterIdAsync(cancellationToken) is var found && found == before.ClusterId ? null : found;
    }

    // The run starts pipelines after it has verified the target. Whether a pipeline runs is nothing that was written.
    private static ClusterInventory Running(ClusterInventory inventory) =>
        inventory.WithRunning(inventory.Pipelines.Select(pipeline => pipeline.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>The verified target with the pipelines that the run created after that, because they have a cron input.</summary>
    private ClusterInventory WithPipelinesOfResume(ClusterInventory before, ClusterInventory now)
    {
        var names = (JsonFile.TryRead<List<string>>(Path.Combine(runDirectory, RecordFiles.PipelinesAtResume)) ?? []).ToHashSet(StringComparer.Ordinal);
        var pipelines = now.Pipelines.Where(pipeline => names.Contains(pipeline.Name) && before.FindPipeline(pipeline.Name) is null).ToList();
        var repos = pipelines.SelectMany(ReposOf).Distinct().Where(repo => before.FindRepo(repo) is null).Select(now.FindRepo).OfType<RepoInventory>();
        return before with { Pipelines = [.. before.Pipelines, .. pipelines], Repos = [.. before.Repos, .. repos] };
    }

    private static IEnumerable<string> ReposOf(PipelineInventory pipeline) =>
        [pipeline.Name, .. PipelineInputs.Crons(pipeline.Info).Select(cron => PipelineInputs.RepoOf(pipeline.Info, cron))];
}

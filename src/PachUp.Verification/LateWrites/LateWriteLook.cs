using PachUp.Common;
using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Verification.LateWrites;

/// <summary>
/// Looks at the source of a run once more, and compares it with what was extracted. A source that is gone or does not answer is no failure: the
/// report says that PachUp could not look.
/// </summary>
/// <param name="context">The plan of the run.</param>
/// <param name="runDirectory">The directory of the run.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class LateWriteLook(IStepContext context, string runDirectory, IProgress<StepProgress> progress)
{
    private readonly string _extracted = Path.Combine(runDirectory, RecordFiles.ExtractedSource);

    /// <summary>Whether there is something to compare: a plan that moves data from one cluster to another, and has read the source.</summary>
    public bool IsPossible => context.Purpose is PlanPurpose.Migration or PlanPurpose.Reload && File.Exists(_extracted);

    /// <summary>
    /// Looks, and saves the report in the directory of the run. The report of an earlier look stays if the source cannot be looked at any more.
    /// </summary>
    /// <param name="time">The time of the look.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public async Task<LateWriteReport> TakeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var before = await InventoryFile.ReadAsync(_extracted, cancellationToken);
        var report = await LookAsync(before, time, cancellationToken);
        if (report.NotLooked is null || LateWriteReport.TryRead(runDirectory) is null)
        {
            report.Write(runDirectory);
        }

        return report;
    }

    private async Task<LateWriteReport> LookAsync(ClusterInventory before, DateTimeOffset time, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindAbsenceAsync(before, cancellationToken) is { } absence)
            {
                return new LateWriteReport { Time = time, NotLooked = absence };
            }

            var news = new InlineProgress<InventoryProgress>(news => progress.Report(StepProgress.Of(news)));
            var now = await InventoryReader.ReadAsync(context.Source.Connect(), InventoryOptions.MetadataOnly, news, cancellationToken);
            return new LateWriteComparison(before, AsBeforePause(now)).Compare(time);
        }
        catch (PachdException e)
        {
            return new LateWriteReport { Time = time, NotLooked = e.Message.TrimEnd('.') };
        }
    }

    /// <summary>
    /// Why the source cannot be looked at; null if it answers. It is a new connection: the connection of the run would wait for a source that is switched
    /// off.
    /// </summary>
    private async Task<string?> FindAbsenceAsync(ClusterInventory before, CancellationToken cancellationToken)
    {
        var address = context.Source.Address;
        await using var client = PachdClient.Create(address with { Timeouts = address.Timeouts with { Retry = TimeSpan.Zero } });
        return await client.GetClusterIdAsync(cancellationToken) is var found && found == before.ClusterId ? null
            : context.IsInPlace ? $"the target has taken the place of the source at {address}"
            : $"cluster {found} answers at {address}, and the source of the run is cluster {before.ClusterId}";
    }

    /// <summary>The source with the pipelines running that this run paused, as in the inventory of the extract.</summary>
    private ClusterInventory AsBeforePause(ClusterInventory inventory)
    {
        var paused = JsonFile.TryRead<List<string>>(Path.Combine(runDirectory, RecordFiles.PausedPipelines)) ?? [];
        return inventory.WithRunning(paused.ToHashSet(StringComparer.Ordinal));
    }
}

using PachUp.Common.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.Pausing;
using PachUp.Steps.Restoring;
using PachUp.Steps.Resuming;
using PachUp.Steps.UncarriedData;
using PachUp.Verification;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Steps.CatchingUp;

/// <summary>
/// One pass of a catch-up: extracts the source again, sends what is new through the same rewriter and in the same way as the restore, and records the
/// source as the one that the target has to agree with. Interrupted, it goes on with its files.
/// </summary>
/// <param name="files">The files of the pass.</param>
/// <param name="timeout">How long to wait for a pipeline to stop.</param>
/// <param name="execution">The step.</param>
internal sealed class CatchUpPass(PassFiles files, TimeSpan timeout, IStepExecution execution)
{
    private readonly PachdClient _target = execution.Target.Connect();

    /// <summary>Carries everything.</summary>
    /// <returns>What was carried.</returns>
    public async Task<LateWriteReport> CarryAsync(CancellationToken cancellationToken)
    {
        var input = await files.ReadAsync(cancellationToken);
        var part = CarriedSource.LatePartOf(input.Source, input.Late);
        var (before, now) = (PredictFor(input.Before, input), PredictFor(input.Source, input));
        await PauseNewPipelinesAsync(input, cancellationToken);
        await ExtractAsync(input.Source, cancellationToken);
        await ThrowIfUncopiedAsync(part, cancellationToken);
        var items = new NewItems(input, before.Inventory, now.Inventory);
        await SendAsync(input, now.Inventory, items, cancellationToken);
        await ThrowIfUnreadableAsync(part, cancellationToken);
        await StartNewPipelinesAsync(now, items, cancellationToken);
        LateRecords.Add(execution.RunDirectory, part);
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), input.Source, cancellationToken);
        return input.Late;
    }

    private ExpectedTarget PredictFor(ClusterInventory source, PassInput input) => execution.Route.PredictTarget(source, input.Target.Release, execution.Options);

    /// <summary>A pipeline that was created late is stopped on the source like the others, so that nothing is computed or sent out twice.</summary>
    private async Task PauseNewPipelinesAsync(PassInput input, CancellationToken cancellationToken)
    {
        var source = execution.Source.Connect();
        var paused = PausedPipelines.Read(execution);
        var there = await source.ListPipelinesAsync(cancellationToken);
        if (!there.Any(info => info.Stopped && paused.Contains(info.Pipeline.Name)))
        {
            return;
        }

        var created = input.Source.Pipelines.Where(pipeline => !pipeline.Stopped && input.Before.FindPipeline(pipeline.Name) is null).Select(pipeline => pipeline.Name).ToList();
        PausedPipelines.Write(execution, [.. paused.Union(created).Order(StringComparer.Ordinal)]);
        await PipelineSwitch.StopAsync(source, created, timeout, execution, cancellationToken);
    }

    /// <summary>Writes the archive of the pass. It has all metadata of the source, and only the objects and tags that were not sent before.</summary>
    private async Task ExtractAsync(ClusterInventory source, CancellationToken cancellationToken)
    {
        if (File.Exists(files.Archive))
        {
            await ArchiveCheck.ThrowIfDamagedAsync(files.Archive, execution, cancellationToken);
            return;
        }

        var sent = await SentObjects.ReadAsync(EarlierArchives(), execution.Progress, cancellationToken);
        var count = new ExtractCount(source);
        await using var writer = ArchiveWriter.Create(files.Archive);
        var operations = count.CountAsync(execution.Source.Connect().ExtractAsync(execution.CarriesObjects, cancellationToken));
        await foreach (var operation in new NewObjects(sent).OfAsync(operations))
        {
            await writer.WriteAsync(operation, cancellationToken);
            execution.Progress.Report(count.Progress("extracting"));
        }

        var manifest = await writer.CompleteAsync(SourceState.Describe(source, execution), cancellationToken);
        ExtractCompleteness.ThrowIfShort(source, manifest.Summary, carriesObjects: false);
    }

    private IEnumerable<string> EarlierArchives() => !execution.CarriesObjects
        ? []
        : RunArchive.TryRead(execution.RunDirectory) is { } archive ? PassFiles.ArchivesOf(execution).Prepend(archive.Path) : PassFiles.ArchivesOf(execution);

    private async Task SendAsync(PassInput input, ClusterInventory expected, NewItems items, CancellationToken cancellationToken)
    {
        var target = await TargetStates.LookAsync(_target, cancellationToken);
        var count = new ArchiveCount((await ArchiveManifest.ReadBesideAsync(files.Archive, cancellationToken))?.Summary.Operations ?? 0);
        var created = expected with { Pipelines = [.. expected.Pipelines.Where(pipeline => items.Pipelines.Contains(pipeline.Name))] };
        var job = new RestoreJob
        {
            Client = _target,
            Target = target,
            Count = count,
            Pass = files.Number,
            ReposBefore = LivingTarget.IsThere(execution) ? null : input.Target.Repos.Select(repo => repo.Name).ToHashSet(StringComparer.Ordinal),
            Open = PipelinesAtResume.LeaveOut(
                token => execution.Route.CreateRewriter(input.Source, target.Release, execution.Options)
                    .RewriteAsync(count.CountAsync(ArchiveOperations.ReadAsync(files.Archive, token)), token)
                    .Where(items.Has),
                input.Source,
                expected,
                execution),
            AfterPipelines = token => HeldBackPipelines.HoldBackAsync(_target, created, timeout, execution, token),
        };
        await new RestoreSender(job, execution).SendAsync(cancellationToken);
    }

    /// <summary>Before anything is sent: throws if the bucket of the target lacks the objects of the late commits, as far as it can be asked.</summary>
    private async Task ThrowIfUncopiedAsync(ClusterInventory late, CancellationToken cancellationToken)
    {
        if (!execution.CarriesObjects && (await _target.FindObjectAccessAsync(cancellationToken)).IsThere
            && await ObjectReach.FindMissingAsync(_target, late, cancellationToken) is { Count: > 0 } missing)
        {
            throw new StepFailedException($"the target at {_target.Address} does not find the objects of {Words.FirstOf([.. missing])}", $"Nothing was sent. {CopyAgain}");
        }
    }

    /// <summary>After everything was sent: throws if the target cannot list the files of the late commits.</summary>
    private async Task ThrowIfUnreadableAsync(ClusterInventory late, CancellationToken cancellationToken)
    {
        if (await ObjectReach.FindUnlistedAsync(_target, late, execution.Progress, cancellationToken) is { Count: > 0 } unlisted)
        {
            throw new StepFailedException(
                $"{Words.FirstOf([.. unlisted.Select(commit => commit.ToString())])} arrived on the target at {_target.Address}, but the target does not find the objects",
                execution.CarriesObjects ? "Look for the reason in pachd's log, then resume the run." : CopyAgain);
        }
    }

    /// <summary>If the other pipelines of the target run already, the new ones with a cron input are created now; otherwise the resume step does that.</summary>
    private async Task StartNewPipelinesAsync(ExpectedTarget expected, NewItems items, CancellationToken cancellationToken)
    {
        if (LivingTarget.IsThere(execution))
        {
            await LeftPipelines.CreateAsync(_target, MissedTicks.Skip, expected, items.Pipelines, execution, cancellationToken);
        }
    }

    private const string CopyAgain =
        "Only metadata is sent, so copy the bucket of the source to the bucket of the target again, with the same keys. Then resume the run.";
}

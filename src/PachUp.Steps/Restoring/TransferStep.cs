using System.Globalization;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.UncarriedData;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Backups;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>
/// <c>pachyderm/transfer</c>: extracts the source into an archive and at the same time sends the rewritten operations to the target. This takes as
/// long as the slower of the two. An interrupted transfer extracts again and sends only what has not arrived.
/// </summary>
internal sealed class TransferStep : IRevertibleStep<TransferStep.Arguments>
{
    private const long BytesInASecond = 20_000_000;

    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IWritesFiles, IWritesArchive, IChoosesOutputs
    {
        /// <summary>Whether objects and tags are sent too; not needed if the target finds them in a copy of the bucket.</summary>
        public bool Objects { get; init; }

        /// <summary>The archive file to write during the transfer.</summary>
        public required string To { get; init; }

        /// <summary>What happens to the output of pipelines; see <c>pachyderm/restore</c>.</summary>
        public OutputChoice Outputs { get; init; } = OutputChoice.Recompute;

        /// <summary>The largest number of bytes to keep of files in open commits. No extract contains these files.</summary>
        public long OpenCommitBytes { get; init; } = 1024 * 1024 * 1024;

        /// <summary>
        /// The largest number of bytes of finished pipeline output to read from the source, so that it can be compared with the output of the
        /// target's
        /// workers later. Of files beyond this limit only size and hash are kept.
        /// </summary>
        public long OutputBytes { get; init; } = OutputRecorder.DefaultBytes;

        /// <summary>How long to wait for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

        object IWritesFiles.Within(string directory) => this with { To = IWritesFiles.Move(To, directory) };
    }

    public string Name => "pachyderm/transfer";

    public string Summary => "Extracts the source and restores it into the target at the same time, and writes the archive.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, FillsTarget = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.ExpectedTarget.Inventory;
        var what = arguments.Objects ? "metadata, objects and tags" : "metadata only";
        return Task.FromResult(new StepPreview(
            $"Streams {what} from {context.Source.Address} to {context.TargetRelease} at {context.Target.Address}: "
            + $"{Words.Count(expected.Repos.Length, "repo")}, {Words.Count(expected.Pipelines.Length, "pipeline")}, {Words.Count(expected.CountCommits(), "commit")}")
        {
            Effects =
            [
                new Effect("write", $"archive {OwnBackup.Shown(arguments.To)}", "during the transfer, with the other files of a backup"),
                new Effect("create", $"repos, pipelines, commits and branches on the target at {context.Target.Address}"),
                .. HeldBackPipelines.Preview(context),
            ],
            Notes =
            [
                .. SourceState.NoteOnOutputs(arguments.OutputBytes, context),
                "The inventories before and after the transfer must be equal. If they differ, the source changed during the transfer, and "
                + "the target has to be deployed again.",
            ],
        });
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var backup = await OwnBackup.ClaimAsync(arguments.To, execution, cancellationToken);
        using var files = backup.StartFiles();
        var source = await TakeSourceAsync(arguments, execution, cancellationToken);
        var client = execution.Target.Connect();
        var target = await TargetGuard.CheckAsync(client, source, execution, cancellationToken);
        await ObjectReach.ThrowIfMissingAsync(client, source, execution, cancellationToken);

        var stream = new TransferStream(arguments, source, files, execution);
        var expected = execution.Route.PredictTarget(source, target.Release, execution.Options).Inventory;
        StreamCount count = File.Exists(arguments.To) && await ArchiveManifest.ReadBesideAsync(arguments.To, cancellationToken) is { } complete
            ? new ArchiveCount(complete.Summary.Operations)
            : new ExtractCount(source);
        var job = new RestoreJob
        {
            Client = client,
            Target = target,
            Count = count,
            Open = PipelinesAtResume.LeaveOut(
                token => execution.Route.CreateRewriter(source, target.Release, execution.Options).RewriteAsync(count.CountAsync(stream.Open(token)), token),
                source,
                expected,
                execution),
            AfterFirstCommit = (commit, token) => ObjectReach.ThrowIfUnlistedAsync(client, commit, token),
            AfterPipelines = token => HeldBackPipelines.HoldBackAsync(client, expected, arguments.Timeout, execution, token),
        };
        var sent = await new RestoreSender(job, execution).SendAsync(cancellationToken);
        await new OpenOutputFinisher(client, source, execution).FinishAsync(target.Release, cancellationToken);
        await CompleteAsync(arguments, source, stream, files, backup, execution, cancellationToken);
        return new StepResult($"Sent {Words.Count(sent, "operation")}, and kept {Words.Bytes(new FileInfo(arguments.To).Length)} in the archive")
        {
            Outputs = NamedValues.Of(
                (OutputNames.Archive, Path.GetFullPath(arguments.To)),
                (OutputNames.Operations, sent.ToString(CultureInfo.InvariantCulture)),
                (OutputNames.Cluster, target.ClusterId)),
        };
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        TargetPipelineStop.StopAllAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => TargetPipelineStop.Description;

    /// <summary>If an interrupted transfer completed the archive, the archive is sent and the source is not asked again.</summary>
    private static async Task<ClusterInventory> TakeSourceAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!File.Exists(arguments.To))
        {
            await (await SourceState.TicksAsync(execution, cancellationToken)).UntilQuietAsync(ExpectedDuration(execution.Survey.Source), cancellationToken);
            return await SourceState.KeepAsync(await SourceState.TakeAsync(execution, cancellationToken), execution, cancellationToken);
        }

        await ArchiveCheck.ThrowIfDamagedAsync(arguments.To, execution, cancellationToken);
        return await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), cancellationToken);
    }

    /// <summary>How long a transfer may take, roughly: a target that got half of it has to be deployed again.</summary>
    private static TimeSpan ExpectedDuration(ClusterInventory source) =>
        TimeSpan.FromMilliseconds(20 * source.CountCommits()) + TimeSpan.FromSeconds((double)source.Repos.Sum(repo => repo.SizeBytes) / BytesInASecond);

    private static async Task CompleteAsync(
        Arguments arguments,
        ClusterInventory source,
        TransferStream stream,
        NewFiles files,
        OwnBackup backup,
        IStepExecution execution,
        CancellationToken cancellationToken)
    {
        var moved = await SourceState.MovedSinceAsync(source, execution, cancellationToken);
        if (!moved.IsEmpty)
        {
            await backup.DeleteAsync();
            var ticks = await SourceState.TicksAsync(execution, cancellationToken);
            throw new StepFailedException(
                $"the source changed during the transfer: {SourceState.Describe(moved)}",
                ticks.IsTickAlone(moved)
                    ? $"Deploy the target again on fresh metadata storage. {ticks.Remedy(source.Release)} The source is complete."
                    : "Find out who writes to the cluster (a client, a cron pipeline, an ingress) and stop them. Deploy the target again on fresh metadata storage, "
                        + "then resume the run. The source is complete.");
        }

        if (stream.Manifest is { } manifest)
        {
            ExtractCompleteness.ThrowIfShort(source, manifest.Summary, arguments.Objects);
            await BackupFiles.CopyBesideAsync(files, arguments.To, execution.RunDirectory, source, cancellationToken);
            await backup.GiveNamesAsync(files, manifest, cancellationToken);
        }

        await SourceState.RecordOutputsAsync(source, arguments.OutputBytes, execution, cancellationToken);
        await new UncarriedDataSaver(execution.Source.Connect(), execution.RunDirectory, execution.Progress)
            .KeepAsync(source, arguments.OpenCommitBytes, cancellationToken);
    }
}

using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.UncarriedData;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Backups;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Steps.Extracting;

/// <summary>
/// <c>pachyderm/extract</c>: writes the state of the source to an archive. An extract is not a snapshot, so PachUp takes an inventory before and
/// after it. If the two differ, the step names the difference and extracts again.
/// </summary>
internal sealed class ExtractStep : IStep<ExtractStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IWritesFiles, IWritesArchive
    {
        /// <summary>Whether the archive contains objects and tags; not needed if the target finds them in the same bucket.</summary>
        public bool Objects { get; init; }

        /// <summary>The archive file. A manifest is written beside it.</summary>
        public required string To { get; init; }

        /// <summary>How many times to try if the source changes or the connection breaks during the extract; 1 to 100.</summary>
        public int Attempts { get; init; } = 3;

        /// <summary>
        /// The commits whose files are read from beginning to end on the source, so that an in-place migration can compare them later: none,
        /// the branch heads, or all commits.
        /// </summary>
        public DeepScope Fingerprints { get; init; }

        /// <summary>The largest number of bytes to keep of files in open commits. No extract contains these files.</summary>
        public long OpenCommitBytes { get; init; } = 1024 * 1024 * 1024;

        /// <summary>
        /// The largest number of bytes of finished pipeline output to read from the source, so that it can be compared with the output of the
        /// target's workers later. Of files beyond this limit only size and hash are kept. With 0 a backup records no output.
        /// </summary>
        public long OutputBytes { get; init; } = OutputRecorder.DefaultBytes;

        object IWritesFiles.Within(string directory) => this with { To = IWritesFiles.Move(To, directory) };
    }

    public string Name => "pachyderm/extract";

    public string Summary => "Writes the state of the source to an archive, and makes sure that the source did not change in the meantime.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, ExtractsSource = true };

    public async Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var access = await context.Source.Connect().FindObjectAccessAsync(cancellationToken);
        var outputs = SourceState.NoteOnOutputs(arguments.OutputBytes, context).ToList();
        var what = arguments.Objects ? "metadata, objects and tags" : "metadata only";
        return new StepPreview(
            $"Extracts {what} of {Words.Count(source.Repos.Length, "repo")} and {Words.Count(source.Pipelines.Length, "pipeline")}")
        {
            Effects =
            [
                new Effect("write", $"archive {OwnBackup.Shown(arguments.To)}"),
                .. BackupFiles.Beside(OwnBackup.Shown(arguments.To), access.IsThere).Select(file => new Effect("write", file, "facts that the archive does not contain")),
                .. outputs.Count > 0 && context.Purpose == PlanPurpose.Backup
                    ? [new Effect("write", BackupFiles.OutputsOf(OwnBackup.Shown(arguments.To)), "the finished output of pipelines")]
                    : Array.Empty<Effect>(),
            ],
            Notes =
            [
                $"The inventories before and after the extract must be equal; at most {Words.Count(arguments.Attempts, "attempt")}.",
                .. arguments.Fingerprints == DeepScope.None
                    ? Array.Empty<string>()
                    : [$"Reads every file of {Words.Count(ComparedCommit.Of(source, arguments.Fingerprints).Count, "commit")} from beginning to end, and keeps its hash."],
                .. outputs,
                NoteOnLeftBehind(source, arguments),
            ],
        };
    }

    public string DescribeRollback(Arguments arguments, IStepExecution execution) =>
        OwnBackup.FindIncomplete(arguments.To, execution) is { } incomplete
            ? $"Nothing to undo: this step only read. It was killed before its archive was complete: delete \"{incomplete}\"."
            : $"Nothing to undo: this step only read. The archive \"{Path.GetFullPath(arguments.To)}\" is not deleted; it is a backup.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (arguments.Attempts is < 1 or > 100)
        {
            throw StepFailedException.Refused($"\"attempts\" is {arguments.Attempts}", "Give a number from 1 to 100.");
        }

        var backup = await OwnBackup.ClaimAsync(arguments.To, execution, cancellationToken);
        var ticks = await SourceState.TicksAsync(execution, cancellationToken);
        var duration = TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            await ticks.UntilQuietAsync(duration, cancellationToken);
            var began = execution.Time.GetTimestamp();
            using var files = backup.StartFiles();
            var extracted = await TryExtractAsync(files, arguments, execution, cancellationToken);
            if (extracted.Moved.IsEmpty)
            {
                return await KeepAsync(extracted, files, backup, arguments, execution, cancellationToken);
            }

            duration = execution.Time.GetElapsedTime(began);
            var moved = SourceState.Describe(extracted.Moved);
            if (attempt == arguments.Attempts)
            {
                throw new StepFailedException(
                    $"the source changed during each of {Words.Count(attempt, "extract")}; changes during the last one: {moved}",
                    ticks.IsTickAlone(extracted.Moved)
                        ? $"The extract took {Words.Duration(duration)}. {ticks.Remedy(extracted.Inventory.Release)}"
                        : "Find out who writes to the cluster (a client, a cron pipeline, an ingress) and stop them, then resume the run.");
            }

            execution.Progress.Report(new StepProgress(
                $"the source changed during the extract ({moved}); extracting again, attempt {attempt + 1} of {arguments.Attempts}"));
        }
    }

    private static async Task<Extracted> TryExtractAsync(NewFiles files, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var inventory = await SourceState.TakeAsync(execution, cancellationToken);
        var manifest = await WriteArchiveAsync(execution.Source.Connect(), inventory, files, arguments, execution, cancellationToken);
        var moved = await SourceState.MovedSinceAsync(inventory, execution, cancellationToken);
        if (moved.IsEmpty)
        {
            ExtractCompleteness.ThrowIfShort(inventory, manifest.Summary, arguments.Objects);
        }

        return new Extracted(inventory, manifest, moved);
    }

    /// <summary>Writes the archive. If the extract breaks off, it starts again with a new file, because it only reads.</summary>
    private static async Task<ArchiveManifest> WriteArchiveAsync(
        PachdClient client, ClusterInventory inventory, NewFiles files, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteArchiveAsync(client, inventory, files, arguments, execution, cancellationToken);
            }
            catch (PachdException e) when (attempt < arguments.Attempts && MayPass(e, client.Address.Timeouts))
            {
                AnnounceAnotherAttempt(e, attempt, client.Address);
            }
        }
    }

    private static bool MayPass(PachdException failure, PachdTimeouts timeouts) =>
        timeouts.Retry > TimeSpan.Zero && failure.Failure is PachdFailure.ConnectionLost or PachdFailure.Unavailable;

    private static void AnnounceAnotherAttempt(PachdException failure, int attempt, ClusterAddress address)
    {
        var reason = $"{failure.Message} The extract starts again, with a new file.";
        var until = address.Timeouts.Time.GetUtcNow() + address.Timeouts.Retry;
        address.Timeouts.Outages?.Report(new PachdOutage($"the pachd at {address}", reason, until, attempt, IsOver: false));
    }

    private static async Task<ArchiveManifest> TryWriteArchiveAsync(
        PachdClient client, ClusterInventory inventory, NewFiles files, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await using var writer = ArchiveWriter.Create(arguments.To, files, OwnBackup.RunOf(execution));
        var metadata = ExtractedMetadata.ExpectedOf(inventory);
        await foreach (var operation in client.ExtractAsync(arguments.Objects, cancellationToken))
        {
            await writer.WriteAsync(operation, cancellationToken);
            execution.Progress.Report(ProgressOf(writer.Summary, inventory.Objects, metadata));
        }

        return await writer.CompleteAsync(SourceState.Describe(inventory, execution), cancellationToken);
    }

    /// <summary>
    /// What the extract has so far. If the objects of the source were listed, their number is the total. The sizes of repos are none: the extract has
    /// each content once, and also the trees and the content of earlier commits. After the objects comes the metadata, which the inventory counts.
    /// </summary>
    /// <param name="summary">What the archive contains so far.</param>
    /// <param name="objects">The number of objects that the source listed; null if it was not listed.</param>
    /// <param name="metadata">The number of operations that it listed in its metadata.</param>
    internal static StepProgress ProgressOf(ArchiveSummary summary, long? objects, long metadata) => (summary, ExtractedMetadata.CountIn(summary)) switch
    {
        ({ Objects: > 0 }, 0) when summary.Objects <= objects => new StepProgress("extracting", summary.Objects, objects, "objects"),
        ({ ObjectBytes: > 0 }, 0) => new StepProgress("extracting", summary.ObjectBytes, Unit: StepProgress.BytesUnit),
        (_, var done) => new StepProgress("extracting", done, Math.Max(done, metadata), "operations"),
    };

    private static async Task<StepResult> KeepAsync(
        Extracted extracted, NewFiles files, OwnBackup backup, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var inventory = await SourceState.KeepAsync(extracted.Inventory, execution, cancellationToken);
        await BackupFiles.CopyBesideAsync(files, arguments.To, execution.RunDirectory, inventory, cancellationToken);
        await backup.GiveNamesAsync(files, extracted.Manifest, cancellationToken);
        await SourceState.RecordOutputsAsync(inventory, arguments.OutputBytes, execution, cancellationToken);
        if (execution.Purpose == PlanPurpose.Backup)
        {
            await PackOutputsAsync(backup, arguments, execution, cancellationToken);
        }

        await SaveFilesAsync(inventory, arguments.Fingerprints, execution, cancellationToken);
        await new UncarriedDataSaver(execution.Source.Connect(), execution.RunDirectory, execution.Progress)
            .KeepAsync(inventory, arguments.OpenCommitBytes, cancellationToken);
        var manifest = extracted.Manifest;
        return new StepResult($"Extracted {Words.Count(manifest.Summary.Operations, "operation")}, {Words.Bytes(manifest.Bytes)}")
        {
            Outputs = NamedValues.Of((OutputNames.Archive, Path.GetFullPath(arguments.To)), ("sha256", manifest.Sha256)),
        };
    }

    private static async Task PackOutputsAsync(OwnBackup backup, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        using var files = backup.StartFiles();
        if (await BackupOutputs.PackAsync(execution.RunDirectory, files, BackupFiles.OutputsOf(arguments.To), cancellationToken))
        {
            await backup.GiveNamesAsync(files, manifest: null, cancellationToken);
        }
    }

    private static string NoteOnLeftBehind(ClusterInventory source, Arguments arguments)
    {
        var open = OpenCommitSaver.OpenIn(source).Count();
        var files = open == 0 ? "" : $", and the files of {Words.Count(open, "open commit")} (up to {Words.Bytes(arguments.OpenCommitBytes)})";
        return $"Keeps data that no release can carry in {RecordFiles.LeftBehind}: times and descriptions of commits, earlier specs of pipelines, jobs, logs{files}.";
    }

    private static async Task SaveFilesAsync(ClusterInventory inventory, DeepScope scope, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (scope != DeepScope.None)
        {
            var files = new SavedFiles(Path.Combine(execution.RunDirectory, RecordFiles.SourceFiles));
            await files.SaveAsync(
                new LiveFiles(execution.Source.Connect()), ComparedCommit.Of(inventory, scope), execution.Progress, cancellationToken);
        }
    }

    private sealed record Extracted(ClusterInventory Inventory, ArchiveManifest Manifest, InventoryDifference Moved);
}

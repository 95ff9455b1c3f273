using PachUp.Common.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.LeavingBehind;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Backups;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Steps.Extracting;

/// <summary>
/// <c>pachyderm/extract</c>: writes the state of the source to an archive. Extract is no snapshot, so an inventory before and one after it have
/// to be equal; otherwise the step says what moved and extracts again.
/// </summary>
internal sealed class ExtractStep : IStep<ExtractStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IWritesFiles, IWritesArchive
    {
        /// <summary>Whether objects and tags are in the archive; not needed where the target finds them in the same bucket.</summary>
        public bool Objects { get; init; }

        /// <summary>The archive file. A manifest is written beside it.</summary>
        public required string To { get; init; }

        /// <summary>How many times to extract before giving up on a source that keeps changing, or that breaks off in the middle; 1 to 100.</summary>
        public int Attempts { get; init; } = 3;

        /// <summary>
        /// Whose files are read end to end while the source answers, so that a migration in place can compare them afterwards: of no commit, of
        /// the branch heads, or of all commits.
        /// </summary>
        public DeepScope Fingerprints { get; init; }

        /// <summary>How many bytes of files that were put into open commits are kept at most; they are in no extract.</summary>
        public long OpenCommitBytes { get; init; } = 1024 * 1024 * 1024;

        /// <summary>
        /// How many bytes of finished output of pipelines are read end to end while the source answers, so that the output of the target can be compared
        /// with it after its workers ran. Of files beyond that, size and hash alone are kept.
        /// </summary>
        public long OutputBytes { get; init; } = OutputRecorder.DefaultBytes;

        object IWritesFiles.Within(string directory) => this with { To = IWritesFiles.Move(To, directory) };
    }

    public string Name => "pachyderm/extract";

    public string Summary => "Writes the state of the source to an archive, while nothing changes.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public async Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var access = await context.Source.Connect().FindObjectAccessAsync(cancellationToken);
        var what = arguments.Objects ? "metadata, objects and tags" : "metadata only";
        return new StepPreview(
            $"Extracts {what} of {Words.Count(source.Repos.Length, "repo")} and {Words.Count(source.Pipelines.Length, "pipeline")}")
        {
            Effects =
            [
                new Effect("write", $"archive {ArchiveOwnership.Shown(arguments.To)}"),
                .. BackupFiles.Beside(ArchiveOwnership.Shown(arguments.To), access.IsThere).Select(file => new Effect("write", file, "what the archive alone does not say")),
            ],
            Notes =
            [
                $"An inventory before and one after the extract must be equal; up to {Words.Count(arguments.Attempts, "attempt")}.",
                .. arguments.Fingerprints == DeepScope.None
                    ? Array.Empty<string>()
                    : [$"Reads every file of {Words.Count(ComparedCommit.Of(source, arguments.Fingerprints).Count, "commit")} end to end, and notes what it holds."],
                .. SourceState.NoteOnOutputs(arguments.OutputBytes, context),
                NoteOnLeftBehind(source, arguments),
            ],
        };
    }

    public string DescribeRollback(Arguments arguments, IStepExecution execution) =>
        $"Nothing to undo: it only read. The archive \"{Path.GetFullPath(arguments.To)}\" stays where it was written; it is a backup.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (arguments.Attempts is < 1 or > 100)
        {
            throw StepFailedException.Refused($"\"attempts\" is {arguments.Attempts}", "Give a number from 1 to 100.");
        }

        ArchiveOwnership.Claim(arguments.To, execution);
        for (var attempt = 1; ; attempt++)
        {
            var extracted = await TryExtractAsync(arguments, execution, cancellationToken);
            if (extracted.Moved.IsEmpty)
            {
                return await KeepAsync(extracted, arguments, execution, cancellationToken);
            }

            BackupFiles.Delete(arguments.To);
            var moved = SourceState.Describe(extracted.Moved);
            if (attempt == arguments.Attempts)
            {
                throw new StepFailedException(
                    $"the source changed during each of {Words.Count(attempt, "extract")}; in the last one: {moved}",
                    "Find out who writes to the cluster (a client, a cron pipeline, an ingress), keep it out, and resume the run.");
            }

            execution.Progress.Report(new StepProgress(
                $"the source changed meanwhile ({moved}); extracting again, attempt {attempt + 1} of {arguments.Attempts}"));
        }
    }

    private static async Task<Extracted> TryExtractAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var inventory = await SourceState.TakeAsync(execution, cancellationToken);
        var manifest = await WriteArchiveAsync(execution.Source.Connect(), inventory, arguments, execution, cancellationToken);
        var moved = await SourceState.MovedSinceAsync(inventory, execution, cancellationToken);
        if (moved.IsEmpty)
        {
            ExtractCompleteness.ThrowIfShort(inventory, manifest.Summary, arguments.Objects);
        }

        return new Extracted(inventory, manifest, moved);
    }

    /// <summary>Writes the archive. An extract that breaks off begins anew, into a new file: it only reads.</summary>
    private static async Task<ArchiveManifest> WriteArchiveAsync(
        PachdClient client, ClusterInventory inventory, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteArchiveAsync(client, inventory, arguments, execution, cancellationToken);
            }
            catch (PachdException e) when (attempt < arguments.Attempts && MayPass(e, client.Address.Patience))
            {
                AnnounceAnotherAttempt(e, attempt, client.Address);
            }
        }
    }

    private static bool MayPass(PachdException failure, PachdPatience patience) =>
        patience.Retry > TimeSpan.Zero && failure.Failure is PachdFailure.ConnectionLost or PachdFailure.Unavailable;

    private static void AnnounceAnotherAttempt(PachdException failure, int attempt, ClusterAddress address)
    {
        var reason = $"{failure.Message} The extract begins anew, into a new file.";
        var until = address.Patience.Time.GetUtcNow() + address.Patience.Retry;
        address.Patience.Outages?.Report(new PachdOutage($"the pachd at {address}", reason, until, attempt, IsOver: false));
    }

    private static async Task<ArchiveManifest> TryWriteArchiveAsync(
        PachdClient client, ClusterInventory inventory, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await using var writer = ArchiveWriter.Create(arguments.To);
        await foreach (var operation in client.ExtractAsync(arguments.Objects, cancellationToken))
        {
            await writer.WriteAsync(operation, cancellationToken);
            execution.Progress.Report(ProgressOf(writer.Summary));
        }

        return await writer.CompleteAsync(SourceState.Describe(inventory, execution), cancellationToken);
    }

    internal static StepProgress ProgressOf(ArchiveSummary summary) => summary.ObjectBytes > 0
        ? new StepProgress("extracting", summary.ObjectBytes, Unit: StepProgress.BytesUnit)
        : new StepProgress("extracting", summary.Operations, Unit: "operations");

    private static async Task<StepResult> KeepAsync(
        Extracted extracted, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var inventory = await SourceState.KeepAsync(extracted.Inventory, execution, cancellationToken);
        await SourceState.RecordOutputsAsync(inventory, arguments.OutputBytes, execution, cancellationToken);
        BackupFiles.KeepBeside(arguments.To, execution.RunDirectory, inventory);
        await SaveFilesAsync(inventory, arguments.Fingerprints, execution, cancellationToken);
        await new LeftBehindKeeper(execution.Source.Connect(), execution.RunDirectory, execution.Progress)
            .KeepAsync(inventory, arguments.OpenCommitBytes, cancellationToken);
        var manifest = extracted.Manifest;
        return new StepResult($"Extracted {Words.Count(manifest.Summary.Operations, "operation")}, {Words.Bytes(manifest.Bytes)}")
        {
            Outputs = NamedValues.Of((OutputNames.Archive, Path.GetFullPath(arguments.To)), ("sha256", manifest.Sha256)),
        };
    }

    private static string NoteOnLeftBehind(ClusterInventory source, Arguments arguments)
    {
        var open = OpenCommitKeeper.OpenIn(source).Count();
        var files = open == 0 ? "" : $", and the files of {Words.Count(open, "open commit")} (up to {Words.Bytes(arguments.OpenCommitBytes)})";
        return $"Keeps what no release can carry in {RecordFiles.LeftBehind}: times and descriptions of commits, earlier specs of pipelines, jobs, logs{files}.";
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

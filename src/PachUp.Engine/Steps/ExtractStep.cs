using PachUp.Engine.Backups;
using PachUp.Engine.LeavingBehind;
using PachUp.Engine.Runs;
using PachUp.Engine.Verification;
using PachUp.Engine.Verification.Files;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>
/// <c>pachyderm/extract</c>: writes the state of the source to an archive. Extract is no snapshot, so an inventory before and one after it have
/// to be equal; otherwise the step says what moved and extracts again.
/// </summary>
internal sealed class ExtractStep : IStep<ExtractStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IFileArguments
    {
        /// <summary>Whether objects and tags are in the archive; not needed where the target finds them in the same bucket.</summary>
        public bool Objects { get; init; }

        /// <summary>The archive file. A manifest is written beside it.</summary>
        public required string To { get; init; }

        /// <summary>How many times to extract before giving up on a source that keeps changing; 1 to 100.</summary>
        public int Attempts { get; init; } = 3;

        /// <summary>
        /// Whose files are read end to end while the source answers, so that a migration in place can compare them afterwards: of no commit, of
        /// the branch heads, or of all commits.
        /// </summary>
        public DeepScope Fingerprints { get; init; }

        /// <summary>How many bytes of files that were put into open commits are kept at most; they are in no extract.</summary>
        public long OpenCommitBytes { get; init; } = 1024 * 1024 * 1024;

        object IFileArguments.Within(string directory) => this with { To = IFileArguments.Move(To, directory) };
    }

    public string Name => "pachyderm/extract";

    public string Summary => "Writes the state of the source to an archive, while nothing changes.";

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var what = arguments.Objects ? "metadata, objects and tags" : "metadata only";
        return Task.FromResult(new StepPreview(
            $"Extracts {what} of {Words.Count(source.Repos.Length, "repo")} and {Words.Count(source.Pipelines.Length, "pipeline")}")
        {
            Effects =
            [
                new Effect("write", $"archive {arguments.To}"),
                .. BackupFiles.Beside(arguments.To).Select(file => new Effect("write", file, "what the archive alone does not say")),
            ],
            Notes =
            [
                $"An inventory before and one after the extract must be equal; up to {Words.Count(arguments.Attempts, "attempt")}.",
                .. arguments.Fingerprints == DeepScope.None
                    ? Array.Empty<string>()
                    : [$"Reads every file of {Words.Count(ComparedCommit.Of(source, arguments.Fingerprints).Count, "commit")} end to end, and notes what it holds."],
                NoteOnLeftBehind(source, arguments),
            ],
        });
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
            var moved = Describe(extracted.Moved);
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
        var client = execution.Source.Connect();
        var progress = new InlineProgress<string>(text => execution.Progress.Report(new StepProgress(text)));
        var before = await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true }, progress, cancellationToken);
        ThrowIfAnotherCluster(before, execution);

        execution.Progress.Report(new StepProgress("listing objects and tags"));
        var objects = await ObjectListing.SaveObjectsAsync(client, Path.Combine(execution.RunDirectory, RunFiles.SourceObjects), cancellationToken);
        var tags = await ObjectListing.SaveTagsAsync(client, Path.Combine(execution.RunDirectory, RunFiles.SourceTags), cancellationToken);

        var manifest = await WriteArchiveAsync(client, before, arguments, execution, cancellationToken);
        var after = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly, progress, cancellationToken);
        var moved = InventoryDifference.Between(before with { Probes = [] }, after);
        var inventory = before with { Objects = objects, Tags = tags };
        if (moved.IsEmpty)
        {
            ExtractCompleteness.ThrowIfShort(inventory, manifest.Summary, arguments.Objects);
        }

        return new Extracted(inventory, manifest, moved);
    }

    private static async Task<ArchiveManifest> WriteArchiveAsync(
        PachdClient client, ClusterInventory inventory, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await using var writer = ArchiveWriter.Create(arguments.To);
        await foreach (var operation in client.ExtractAsync(arguments.Objects, cancellationToken))
        {
            await writer.WriteAsync(operation, cancellationToken);
            execution.Progress.Report(ProgressOf(writer.Summary));
        }

        var source = new ArchiveSource(client.Address.ToString(), inventory.ClusterId, inventory.Release, execution.Time.GetUtcNow());
        return await writer.CompleteAsync(source, cancellationToken);
    }

    private static StepProgress ProgressOf(ArchiveSummary summary) => summary.ObjectBytes > 0
        ? new StepProgress("extracting", summary.ObjectBytes, Unit: StepProgress.BytesUnit)
        : new StepProgress("extracting", summary.Operations, Unit: "operations");

    private static async Task<StepResult> KeepAsync(
        Extracted extracted, Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        // A stopped pipeline is stopped in the target; those that this run stopped ran, and are to run again.
        var inventory = extracted.Inventory.WithRunning(PausedPipelines.Read(execution).ToHashSet(StringComparer.Ordinal));
        ThrowIfUnannounced(inventory, execution);
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RunFiles.ExtractedSource), inventory, cancellationToken);
        BackupFiles.KeepBeside(arguments.To, execution.RunDirectory);
        await SaveFilesAsync(inventory, arguments.Fingerprints, execution, cancellationToken);
        await new LeftBehindKeeper(execution.Source.Connect(), execution.RunDirectory, execution.Progress)
            .KeepAsync(inventory, arguments.OpenCommitBytes, cancellationToken);
        var manifest = extracted.Manifest;
        return new StepResult($"Extracted {Words.Count(manifest.Summary.Operations, "operation")}, {Words.Bytes(manifest.Bytes)}")
        {
            Outputs = StepOutputs.Of(("archive", Path.GetFullPath(arguments.To)), ("sha256", manifest.Sha256)),
        };
    }

    private static string NoteOnLeftBehind(ClusterInventory source, Arguments arguments)
    {
        var open = OpenCommitKeeper.OpenIn(source).Count();
        var files = open == 0 ? "" : $", and the files of {Words.Count(open, "open commit")} (up to {Words.Bytes(arguments.OpenCommitBytes)})";
        return $"Keeps what no release can carry in {RunFiles.LeftBehind}: times and descriptions of commits, jobs, logs{files}.";
    }

    private static async Task SaveFilesAsync(ClusterInventory inventory, DeepScope scope, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (scope != DeepScope.None)
        {
            var files = new SavedFiles(Path.Combine(execution.RunDirectory, RunFiles.SourceFiles));
            await files.SaveAsync(
                new LiveFiles(execution.Source.Connect()), ComparedCommit.Of(inventory, scope), execution.Progress, cancellationToken);
        }
    }

    private static void ThrowIfAnotherCluster(ClusterInventory inventory, IStepExecution execution)
    {
        var surveyed = execution.Survey.Source;
        if (inventory.ClusterId != surveyed.ClusterId)
        {
            throw new StepFailedException(
                $"at {execution.Source.Address} another cluster answers now: {inventory.ClusterId} ({inventory.Release}), "
                    + $"the plan was made for {surveyed.ClusterId} ({surveyed.Release})",
                "Check the address; then make a new plan, or resume the run when the old cluster answers again.");
        }
    }

    /// <summary>What was shown is what is done: a change that would be left out or renamed without having been shown stops the run here.</summary>
    private static void ThrowIfUnannounced(ClusterInventory inventory, IStepExecution execution)
    {
        var shown = execution.Survey.Foresight.Changes.Select(Identity).ToHashSet();
        var unannounced = execution.Route.Foresee(inventory, execution.TargetRelease, execution.Options).Changes
            .Where(change => change.Kind is ChangeKind.LeftOut or ChangeKind.Renamed && !shown.Contains(Identity(change)))
            .ToList();
        if (unannounced.Count > 0)
        {
            throw StepFailedException.Refused(
                "since the plan was shown, the source got things that would not arrive as they are: "
                    + Words.FirstOf([.. unannounced.Select(change => $"{Noun(change.Item)} ({change.Rule})")]),
                "Roll this run back, which starts the pipelines again, and make a new plan.");
        }
    }

    private static (ChangeKind, ItemKind, string, string) Identity(AnnouncedChange change) =>
        (change.Kind, change.Item.Kind, change.Item.Name, change.Rule);

    private static string Describe(InventoryDifference difference) => Words.FirstOf(
    [
        .. difference.Added.Select(item => $"{Noun(item)} appeared"),
        .. difference.Changed.Select(item => $"{Noun(item)} changed: {item.Detail}"),
        .. difference.Lost.Select(item => $"{Noun(item)} disappeared"),
    ]);

    private static string Noun(InventoryItem item) => $"{item.Kind.ToString().ToLowerInvariant()} {item.Name}";

    private sealed record Extracted(ClusterInventory Inventory, ArchiveManifest Manifest, InventoryDifference Moved);
}

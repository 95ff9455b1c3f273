using PachUp.Common;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Verification.Backups;

namespace PachUp.Steps.Extracting;

/// <summary>
/// <c>pachyderm/open-backup</c>: reads the archive of a backup from end to end and compares it with its manifest, then brings what lies beside
/// it into the run, where restoring and verifying look for it.
/// </summary>
internal sealed class OpenBackupStep : IStep<OpenBackupStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The archive file of the backup.</summary>
        public required string From { get; init; }
    }

    public string Name => "pachyderm/open-backup";

    public string Summary => "Reads a backup from end to end and compares it with its manifest; nothing is sent before.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public async Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var backup = await Backup.OpenAsync(arguments.From, cancellationToken);
        var (manifest, summary) = (backup.Manifest, backup.Manifest.Summary);
        return new StepPreview(
            $"Reads {Words.Bytes(manifest.Bytes)} of {arguments.From} and compares them with the manifest of {manifest.Source.ExtractedAt:yyyy-MM-dd HH:mm}")
        {
            Notes =
            [
                $"It holds {Words.Count(summary.Repos, "repo")}, {Words.Count(summary.Pipelines, "pipeline")}, {Words.Count(summary.Commits, "commit")} and "
                    + (backup.CarriesObjects ? $"{Words.Count(summary.Objects, "object")}." : "no objects: the target has to find them in its bucket."),
                .. backup.IsArchiveAlone ? AboutArchiveAlone(manifest) : [],
            ],
        };
    }

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => "Nothing to undo: it only read the backup.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var backup = await Backup.OpenAsync(arguments.From, cancellationToken);
        var progress = new InlineProgress<long>(read =>
            execution.Progress.Report(new StepProgress("reading the backup", read, backup.Manifest.Bytes, StepProgress.BytesUnit)));
        try
        {
            await ArchiveInspection.VerifyAsync(arguments.From, progress, cancellationToken);
            await BackupFiles.BringIntoAsync(execution.RunDirectory, backup, cancellationToken);
        }
        catch (Exception e) when (e is ArchiveCorruptException or FileNotFoundException)
        {
            throw new StepFailedException(
                $"the backup \"{arguments.From}\" cannot be restored: {e.Message}", "Nothing was sent. Use another backup.", e);
        }

        return new StepResult($"The backup is whole: {Words.Bytes(backup.Manifest.Bytes)} with SHA-256 {backup.Manifest.Sha256[..12]}...");
    }

    private static string[] AboutArchiveAlone(ArchiveManifest manifest) => ReleaseTraits.Of(manifest.Source.Release).ExtractsOutputs
        ? ["Nothing lies beside the archive, and it does not say which pipelines were stopped: all of them will run."]
        :
        [
            "Nothing lies beside the archive, and it does not say which pipelines were stopped: all of them will run.",
            "An extract before 1.9.6 leaves out fields of pipelines (such as standby and datum_tries), output, and repos with provenance: "
                + "they will not be in the target. PachUp's own extract keeps them beside the archive.",
        ];
}

using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Verification;
using PachUp.Verification.Backups;

namespace PachUp.Steps.Extracting;

/// <summary>
/// <c>pachyderm/open-backup</c>: reads the archive of a backup from beginning to end and compares it with its manifest. Then it copies the files
/// beside the archive into the run directory, where the restore and verify steps look for them.
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

    public string Summary => "Reads a backup from beginning to end and compares it with its manifest, before anything is sent.";

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
                $"It contains {Words.Count(summary.Repos, "repo")}, {Words.Count(summary.Pipelines, "pipeline")}, {Words.Count(summary.Commits, "commit")} and "
                    + (backup.CarriesObjects ? $"{Words.Count(summary.Objects, "object")}." : "no objects: the target has to find them in its bucket."),
                .. backup.IsArchiveAlone ? AboutArchiveAlone(manifest) : [],
            ],
        };
    }

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => "Nothing to undo: this step only read the backup.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var backup = await Backup.OpenAsync(arguments.From, cancellationToken);
        try
        {
            await ArchiveInspection.VerifyAsync(arguments.From, execution.Progress.OfFile("reading the backup", arguments.From), cancellationToken);
            await BackupFiles.BringIntoAsync(execution.RunDirectory, backup, cancellationToken);
        }
        catch (Exception e) when (e is ArchiveCorruptException or FileNotFoundException or InvalidDataException)
        {
            throw new StepFailedException(
                $"the backup \"{arguments.From}\" cannot be restored: {e.Message}", "Nothing was sent. Use another backup.", e);
        }

        return new StepResult($"The backup is complete: {Words.Bytes(backup.Manifest.Bytes)} with SHA-256 {backup.Manifest.Sha256[..12]}...");
    }

    private static string[] AboutArchiveAlone(ArchiveManifest manifest) => ReleaseTraits.Of(manifest.Source.Release).ExtractsOutputs
        ? ["There are no files beside the archive, and the archive does not tell which pipelines were stopped: all of them will run."]
        :
        [
            "There are no files beside the archive, and the archive does not tell which pipelines were stopped: all of them will run.",
            "Before 1.9.6 an extract leaves out some fields of pipelines (such as standby and datum_tries), output, and repos with provenance: "
              + "these will be missing on the target. An extract by PachUp keeps them beside the archive.",
        ];
}

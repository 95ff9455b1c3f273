using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Verification;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>Checks an archive before it is restored.</summary>
internal static class ArchiveCheck
{
    /// <summary>Reads the archive from beginning to end. If the run itself extracted it, it has to be the same archive.</summary>
    /// <returns>What the archive contains.</returns>
    /// <exception cref="StepFailedException">The archive is damaged or missing, or was replaced.</exception>
    public static async Task<ArchiveSummary> ThrowIfDamagedAsync(string path, IStepExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            var report = await ArchiveInspection.VerifyAsync(path, execution.Progress.OfFile("checking the archive", path), cancellationToken);
            ThrowIfReplaced(report, execution);
            return report.Summary;
        }
        catch (ArchiveCorruptException e)
        {
            throw new StepFailedException(
                $"the archive \"{path}\" cannot be restored: {e.Message}", "Nothing was sent. Extract again, or use a backup of the archive.", e);
        }
        catch (FileNotFoundException e)
        {
            throw new StepFailedException($"the archive \"{path}\" does not exist", "Extract first, or correct the path in the plan.", e);
        }
    }

    private static void ThrowIfReplaced(ArchiveReport report, IStepExecution execution)
    {
        var own = RunArchive.TryRead(execution.RunDirectory);
        if (own?.Path == Path.GetFullPath(report.Path) && own.Sha256 is { } sha256 && sha256 != report.Sha256)
        {
            throw StepFailedException.Refused(
                $"the archive \"{report.Path}\" is not the one that this run extracted: its SHA-256 is {report.Sha256}, and the run wrote {sha256}",
                "Nothing was sent. Put the archive of this run back to that path, and resume the run.");
        }
    }
}

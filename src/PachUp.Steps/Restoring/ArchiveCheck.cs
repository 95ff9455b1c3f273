using PachUp.Common;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>Checks an archive before it is restored.</summary>
internal static class ArchiveCheck
{
    /// <summary>Reads the archive from beginning to end.</summary>
    /// <returns>What the archive contains.</returns>
    /// <exception cref="StepFailedException">The archive is damaged or missing.</exception>
    public static async Task<ArchiveSummary> ThrowIfDamagedAsync(string path, IStepExecution execution, CancellationToken cancellationToken)
    {
        var length = File.Exists(path) ? new FileInfo(path).Length : 0;
        var progress = new InlineProgress<long>(read =>
            execution.Progress.Report(new StepProgress("checking the archive", read, length, StepProgress.BytesUnit)));
        try
        {
            return (await ArchiveInspection.VerifyAsync(path, progress, cancellationToken)).Summary;
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
}

using System.Runtime.CompilerServices;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;

namespace PachUp.Engine.Restoring;

/// <summary>The operations of an archive file.</summary>
internal static class ArchiveStream
{
    /// <summary>Reads the operations one by one. Archives that others wrote have empty objects in a form that servers lose; here they are whole.</summary>
    public static async IAsyncEnumerable<Operation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var archive = File.OpenRead(path);
        await foreach (var operation in ArchiveReader.ReadAsync(archive, cancellationToken).WithEmptyObjectsWhole(cancellationToken))
        {
            yield return operation;
        }
    }

    /// <summary>Reads the archive from end to end before anything of it is sent.</summary>
    /// <exception cref="StepFailedException">It is damaged, or there is none.</exception>
    public static async Task CheckAsync(string path, IStepExecution execution, CancellationToken cancellationToken)
    {
        var length = File.Exists(path) ? new FileInfo(path).Length : 0;
        var progress = new InlineProgress<long>(read =>
            execution.Progress.Report(new StepProgress("checking the archive", read, length, StepProgress.BytesUnit)));
        try
        {
            await ArchiveInspection.VerifyAsync(path, progress, cancellationToken);
        }
        catch (ArchiveCorruptException e)
        {
            throw new StepFailedException(
                $"the archive \"{path}\" cannot be restored: {e.Message}", "Nothing was sent. Extract again, or take a backup of the archive.", e);
        }
        catch (FileNotFoundException e)
        {
            throw new StepFailedException($"there is no archive \"{path}\"", "Extract first, or correct the path in the plan.", e);
        }
    }
}

using System.Runtime.CompilerServices;
using PachUp.Common.Files;

namespace PachUp.Pachyderm.Archives;

/// <summary>The operations of an archive file, one by one.</summary>
public static class ArchiveOperations
{
    /// <summary>Reads the operations. Servers lose empty objects in the form that pachctl writes, so this returns them in the form that can be restored.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArchiveCorruptException">The archive is damaged. The operations before the damage were returned.</exception>
    public static async IAsyncEnumerable<Operation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var archive = ReadFile.Open(path);
        await foreach (var operation in ArchiveReader.ReadAsync(archive, cancellationToken).WithEmptyObjectsWhole(cancellationToken).ConfigureAwait(false))
        {
            yield return operation;
        }
    }
}

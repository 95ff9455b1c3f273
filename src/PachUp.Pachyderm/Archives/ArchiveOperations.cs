using System.Runtime.CompilerServices;

namespace PachUp.Pachyderm.Archives;

/// <summary>The operations of an archive file, one by one.</summary>
public static class ArchiveOperations
{
    /// <summary>Reads the operations. Archives that pachctl wrote have empty objects in a form that servers lose; here they are whole.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArchiveCorruptException">It is damaged; what came before the damage was given.</exception>
    public static async IAsyncEnumerable<Operation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var archive = File.OpenRead(path);
        await foreach (var operation in ArchiveReader.ReadAsync(archive, cancellationToken).WithEmptyObjectsWhole(cancellationToken).ConfigureAwait(false))
        {
            yield return operation;
        }
    }
}

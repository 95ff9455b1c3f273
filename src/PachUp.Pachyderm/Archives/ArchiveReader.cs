namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Reads the file that <c>pachctl extract</c> writes: one Snappy stream in the framing format, inside it messages of
/// <c>admin.Op</c>, each behind its length as eight bytes, little-endian. Memory stays constant whatever the file's size.
/// </summary>
public static class ArchiveReader
{
    /// <summary>The operations of an archive, in the order of the file.</summary>
    /// <param name="archive">The file, from its first byte. It is left open.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">The file is broken off, damaged or no archive.</exception>
    public static IAsyncEnumerable<Operation> ReadAsync(Stream archive, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}

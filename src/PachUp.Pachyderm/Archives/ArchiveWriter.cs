namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Writes the file that <c>pachctl restore</c> reads. The file appears under its own name only when it is complete: until
/// <see cref="CompleteAsync"/> it is called <c>NAME.partial</c>.
/// </summary>
public sealed class ArchiveWriter : IAsyncDisposable
{
    private ArchiveWriter()
    {
    }

    /// <summary>Starts an archive; a partial one of the same name is replaced.</summary>
    /// <param name="path">The final name.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static ArchiveWriter Create(string path) => throw new NotImplementedException();

    /// <summary>What was written so far.</summary>
    public ArchiveSummary Summary => throw new NotImplementedException();

    /// <summary>Appends one operation.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public ValueTask WriteAsync(Operation operation, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Flushes to disk, gives the file its final name, writes the manifest beside it and returns that.</summary>
    /// <param name="source">Where the operations came from.</param>
    /// <param name="cancellationToken">Stops before the renaming.</param>
    public Task<ArchiveManifest> CompleteAsync(ArchiveSource source, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Closes the file; an archive that was not completed is removed.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

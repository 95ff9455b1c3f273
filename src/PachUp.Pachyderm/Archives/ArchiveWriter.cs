using System.Buffers.Binary;
using System.IO.Compression;
using PachUp.Common.Files;
using Snappier;
namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Writes the file that <c>pachctl restore</c> reads. The file appears under its own name only when it is complete: until
/// <see cref="CompleteAsync"/> it is called <c>NAME.partial</c>. On Unix only its owner may read it.
/// </summary>
public sealed class ArchiveWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly Stream _file;
    private readonly HashingStream _framed;
    private readonly SnappyStream _content;
    private readonly OperationTally _tally = new();
    private readonly byte[] _prefix = new byte[ArchiveReader.PrefixBytes];
    private bool _closed;

    internal ArchiveWriter(string path, Stream file)
    {
        _path = path;
        _file = file;
        _framed = new HashingStream(file);
        _content = new SnappyStream(_framed, CompressionMode.Compress, leaveOpen: true);
    }

    /// <summary>What was written so far.</summary>
    public ArchiveSummary Summary => _tally.Summary;

    /// <summary>Starts an archive; a partial one of the same name is replaced.</summary>
    /// <param name="path">The final name.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static ArchiveWriter Create(string path) => new(path, PrivateFile.Create(PrivateFile.PartialName(path)));

    /// <summary>Appends one operation.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="MalformedOperationException">It is of another generation, of no known kind, or cuts an object short.</exception>
    public async ValueTask WriteAsync(Operation operation, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _tally.Add(operation);
        BinaryPrimitives.WriteInt64LittleEndian(_prefix, operation.Bytes.Length);
        await _content.WriteAsync(_prefix, cancellationToken).ConfigureAwait(false);
        await _content.WriteAsync(operation.Bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Flushes to disk, writes the manifest beside the file, gives the file its final name and returns the manifest.</summary>
    /// <param name="source">Where the operations came from.</param>
    /// <param name="cancellationToken">Stops before the renaming.</param>
    /// <exception cref="IOException">The disk is full or gone. Nothing appears under the final name.</exception>
    /// <exception cref="MalformedOperationException">The last object is only half there.</exception>
    public async Task<ArchiveManifest> CompleteAsync(ArchiveSource source, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _tally.End();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var manifest = new ArchiveManifest { Source = source, Summary = Summary, Bytes = _framed.Count, Sha256 = _framed.Sha256() };

        // The manifest comes first, so that there is never a complete archive without one.
        await manifest.WriteBesideAsync(_path, cancellationToken).ConfigureAwait(false);
        await _framed.DisposeAsync().ConfigureAwait(false);
        PrivateFile.GiveName(PrivateFile.PartialName(_path), _path);
        _closed = true;
        return manifest;
    }

    /// <summary>Closes the file; an archive that was not completed is removed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        await AbandonAsync().ConfigureAwait(false);
        File.Delete(PrivateFile.PartialName(_path));
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (Summary.Operations > 0)
        {
            await _content.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await _framed.FlushAsync(cancellationToken).ConfigureAwait(false);
        (_file as FileStream)?.Flush(flushToDisk: true);
    }

    private async ValueTask AbandonAsync()
    {
        try
        {
            await _framed.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What could not be written is thrown away with the rest of the file.
        }
    }
}

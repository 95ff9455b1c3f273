using System.Buffers.Binary;
using System.IO.Compression;
using PachUp.Common.Files;
using Snappier;
namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Writes the file that <c>pachctl restore</c> reads. Until <see cref="CompleteAsync"/> its name is <c>NAME.partial</c>. It gets its final name when
/// it is complete. On Unix only its owner may read it.
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

    /// <summary>The counts of the operations so far.</summary>
    public ArchiveSummary Summary => _tally.Summary;

    /// <summary>Starts an archive. It replaces a partial file with the same name.</summary>
    /// <param name="path">The final path.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static ArchiveWriter Create(string path) => new(path, PrivateFile.Create(PrivateFile.PartialName(path)));

    /// <summary>Appends one operation.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="MalformedOperationException">The operation has another generation or an unknown kind, or comes before the end of an object.</exception>
    public async ValueTask WriteAsync(Operation operation, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _tally.Add(operation);
        BinaryPrimitives.WriteInt64LittleEndian(_prefix, operation.Bytes.Length);
        await _content.WriteAsync(_prefix, cancellationToken).ConfigureAwait(false);
        await _content.WriteAsync(operation.Bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Flushes to disk, writes the manifest beside the file, gives the file its final name and returns the manifest.</summary>
    /// <param name="source">The cluster that the operations came from.</param>
    /// <param name="cancellationToken">Stops before the file is renamed.</param>
    /// <exception cref="IOException">The file cannot be written. It does not get its final name.</exception>
    /// <exception cref="MalformedOperationException">The last object is incomplete.</exception>
    public async Task<ArchiveManifest> CompleteAsync(ArchiveSource source, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _tally.End();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var manifest = new ArchiveManifest { Source = source, Summary = Summary, Bytes = _framed.Count, Sha256 = _framed.Sha256() };

        // The manifest is written first, so that a complete archive always has a manifest.
        await manifest.WriteBesideAsync(_path, cancellationToken).ConfigureAwait(false);
        await _framed.DisposeAsync().ConfigureAwait(false);
        PrivateFile.GiveName(PrivateFile.PartialName(_path), _path);
        _closed = true;
        return manifest;
    }

    /// <summary>Closes the file. Removes an archive that is not complete.</summary>
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
            // The partial file is removed anyway, so a failed write does not matter.
        }
    }
}

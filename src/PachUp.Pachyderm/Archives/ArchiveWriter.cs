using System.Buffers.Binary;
using System.IO.Compression;
using PachUp.Common.Disks;
using PachUp.Common.Files;
using Snappier;

namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Writes the file that <c>pachctl restore</c> reads, with a manifest beside it. Both get their names when they are complete and on disk, and replace no
/// other file. Until then each has a name that ends with <c>.partial</c>. On Unix only their owner may read them.
/// </summary>
public sealed class ArchiveWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly NewFiles _files;
    private readonly Stream _file;
    private readonly HashingStream _framed;
    private readonly SnappyStream _content;
    private readonly OperationTally _tally = new();
    private readonly byte[] _prefix = new byte[ArchiveReader.PrefixBytes];
    private bool _closed;

    internal ArchiveWriter(string path, NewFiles files, Stream file)
    {
        _path = path;
        _files = files;
        _file = file;
        _framed = new HashingStream(file);
        _content = new SnappyStream(_framed, CompressionMode.Compress, leaveOpen: true);
    }

    /// <summary>The counts of the operations so far.</summary>
    public ArchiveSummary Summary => _tally.Summary;

    /// <summary>The run that writes the archive together with other files; null if the archive is written alone.</summary>
    private string? Run { get; init; }

    /// <summary>Starts an archive.</summary>
    /// <param name="path">The final path.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static ArchiveWriter Create(string path)
    {
        var files = new NewFiles();
        return new(path, files, files.Create(path));
    }

    /// <summary>Starts the archive of a run, which gets its name together with the other files of the run's backup.</summary>
    /// <param name="path">The final path.</param>
    /// <param name="files">Creates the archive and its manifest. The caller gives them their names, and disposes them.</param>
    /// <param name="run">The id of the run, for the manifest.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static ArchiveWriter Create(string path, NewFiles files, string run) => new(path, files, files.Create(path)) { Run = run };

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

    /// <summary>Flushes to disk, writes the manifest beside the file, gives both their final names and returns the manifest.</summary>
    /// <param name="source">The cluster that the operations came from.</param>
    /// <param name="cancellationToken">Stops before the files are renamed.</param>
    /// <exception cref="IOException">The files cannot be written, or a name is taken. They do not get their final names.</exception>
    /// <exception cref="MalformedOperationException">The last object is incomplete.</exception>
    public async Task<ArchiveManifest> CompleteAsync(ArchiveSource source, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _tally.End();
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        var manifest = new ArchiveManifest { Run = Run, Source = source, Summary = Summary, Bytes = _framed.Count, Sha256 = _framed.Sha256() };
        await using (var beside = _files.Create(_path + ArchiveManifest.FileSuffix))
        {
            await beside.WriteAsync(manifest.Serialize(), cancellationToken).ConfigureAwait(false);
            beside.FlushToDisk();
        }

        await _framed.DisposeAsync().ConfigureAwait(false);
        if (Run is null)
        {
            _files.GiveNames();
        }

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
        if (Run is null)
        {
            _files.Dispose();
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (Summary.Operations > 0)
        {
            await _content.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await _framed.FlushAsync(cancellationToken).ConfigureAwait(false);
        (_file as DiskStream)?.FlushToDisk();
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

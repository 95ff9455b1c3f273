namespace PachUp.Common.Disks;

/// <summary>
/// A file for writing, without a buffer. Its owner alone may read it. Other processes may read it at the same time. What was written is on disk after
/// <see cref="FlushToDisk"/>.
/// </summary>
public sealed class DiskStream : Stream
{
    private readonly FileStream _file;

    internal DiskStream(string path, FileStream file) => (Path, _file) = (path, file);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => _file.CanSeek;

    /// <inheritdoc/>
    public override long Length => _file.Length;

    /// <inheritdoc/>
    public override long Position { get => _file.Position; set => _file.Position = value; }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var change = ChangeOf(buffer);
        try
        {
            Disk.Announce(change);
            _file.Write(buffer);
        }
        catch (Exception e) when (DiskFailure.Of(change, e) is { } failure)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var change = ChangeOf(buffer.Span);
        try
        {
            Disk.Announce(change);
            await _file.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (DiskFailure.Of(change, e) is { } failure)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => Disk.Change(new DiskChange.FileCut(Path, value), () => _file.SetLength(value));

    /// <summary>Returns when everything that was written is on disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void FlushToDisk() => Disk.Change(new DiskChange.FileFlushed(Path), () => _file.Flush(flushToDisk: true));

    /// <summary>Does nothing, because there is no buffer.</summary>
    public override void Flush()
    {
        // See FlushToDisk.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private DiskChange.FileWritten ChangeOf(ReadOnlySpan<byte> content) => new(Path, Position, Disk.IsWatched ? content.ToArray() : default);
}

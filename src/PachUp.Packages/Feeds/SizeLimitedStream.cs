using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Feeds;

/// <summary>A stream that can be read up to a number of bytes.</summary>
/// <param name="inner">The stream behind it.</param>
/// <param name="most">How many bytes may pass.</param>
/// <param name="what">What passes, for the message.</param>
internal sealed class SizeLimitedStream(Stream inner, long most, string what) : Stream
{
    private long _passed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _passed;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int bytes)
    {
        _passed += bytes;
        return _passed <= most ? bytes : throw TooLarge(what, most);
    }

    /// <summary>The exception for an answer that is too large.</summary>
    public static PluginException TooLarge(string what, long most) =>
        new($"{what} is larger than {most:N0} bytes.", "Do not use this package. Report this to its author.");
}

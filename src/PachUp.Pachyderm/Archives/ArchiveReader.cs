using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Reads the file of <c>pachctl extract</c>: one Snappy stream in the framing format. It contains <c>admin.Op</c> messages, each after its length in
/// 8 bytes, little-endian. The memory use does not depend on the size of the file.
/// </summary>
public static class ArchiveReader
{
    internal const int PrefixBytes = sizeof(long);

    /// <summary>The operations of an archive, in the order of the file.</summary>
    /// <param name="archive">The file, from its first byte. It stays open.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">The file is incomplete, damaged or not an archive.</exception>
    public static async IAsyncEnumerable<Operation> ReadAsync(
        Stream archive, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var frames = new SnappyFrameReader(archive);
        var offset = 0L;
        for (var number = 1L; await NextAsync(frames, number, offset, cancellationToken).ConfigureAwait(false) is { } operation; number++)
        {
            yield return operation;
            offset += PrefixBytes + operation.Bytes.Length;
        }
    }

    private static async ValueTask<Operation?> NextAsync(SnappyFrameReader frames, long number, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await NextBytesAsync(frames, cancellationToken).ConfigureAwait(false) is { } bytes ? Operation.FromBytes(bytes) : null;
        }
        catch (Exception e) when (e is InvalidDataException or MalformedOperationException)
        {
            throw new ArchiveCorruptException(
                $"Operation {number}, at byte {offset} of the uncompressed stream, cannot be read: {e.Message}.", e);
        }
    }

    private static async ValueTask<byte[]?> NextBytesAsync(SnappyFrameReader frames, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixBytes];
        switch (await frames.FillAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            case 0:
                return null;
            case < PrefixBytes:
                throw new InvalidDataException("the stream ends inside the length of an operation");
        }

        var bytes = new byte[CheckedLength(BinaryPrimitives.ReadInt64LittleEndian(prefix))];
        var filled = await frames.FillAsync(bytes, cancellationToken).ConfigureAwait(false);
        return filled == bytes.Length
            ? bytes
            : throw new InvalidDataException($"the stream ends after {filled} of the operation's {bytes.Length} bytes");
    }

    private static int CheckedLength(long length) => length is >= 0 and <= PachdClient.MaxMessageBytes
        ? (int)length
        : throw new InvalidDataException($"its length says {length} bytes, but an operation has 0 to {PachdClient.MaxMessageBytes}");
}

using System.Buffers.Binary;
using System.Numerics;
using Snappier;

namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Reads a stream in Snappy's framing format, chunk by chunk. It returns only content with a correct checksum, and it reports a stream that
/// ends inside a chunk; <see cref="SnappyStream"/> guarantees neither. Chunks that the format allows a reader to skip are errors too: no archive
/// has them, and one flipped bit could turn content into such a chunk.
/// </summary>
/// <param name="framed">The stream, from its first byte.</param>
internal sealed class SnappyFrameReader(Stream framed)
{
    /// <summary>The largest content of a chunk, in bytes, before compression.</summary>
    public const int MaxBlockBytes = 64 * 1024;

    private const int HeaderBytes = 4;
    private const int ChecksumBytes = 4;

    // The largest size of a compressed block.
    private const int MaxChunkBytes = ChecksumBytes + 32 + MaxBlockBytes + (MaxBlockBytes / 6);

    private const byte CompressedChunk = 0x00;
    private const byte PlainChunk = 0x01;
    private const byte StreamIdentifierChunk = 0xFF;

    private readonly byte[] _chunk = new byte[MaxChunkBytes];
    private readonly byte[] _block = new byte[MaxBlockBytes];
    private ReadOnlyMemory<byte> _rest;
    private long _position;

    // Writers start a stream only when they have content. So an identifier at the end means that content is missing.
    private bool _endsAfterIdentifier;

    private static ReadOnlySpan<byte> StreamIdentifier => "sNaPpY"u8;

    /// <summary>Fills a buffer with content.</summary>
    /// <returns>The number of bytes read. It is smaller than the buffer only at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The stream is incomplete or damaged. The message names the byte of the file.</exception>
    public async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length && (!_rest.IsEmpty || await NextBlockAsync(cancellationToken).ConfigureAwait(false)))
        {
            var count = Math.Min(_rest.Length, buffer.Length - filled);
            _rest[..count].CopyTo(buffer[filled..]);
            _rest = _rest[count..];
            filled += count;
        }

        return filled;
    }

    private async ValueTask<bool> NextBlockAsync(CancellationToken cancellationToken)
    {
        while (_rest.IsEmpty)
        {
            if (await NextHeaderAsync(cancellationToken).ConfigureAwait(false) is not var (type, length))
            {
                return false;
            }

            _rest = Unpack(type, await ReadChunkAsync(length, cancellationToken).ConfigureAwait(false));
            _endsAfterIdentifier = type == StreamIdentifierChunk;
        }

        return true;
    }

    private async ValueTask<(byte Type, int Length)?> NextHeaderAsync(CancellationToken cancellationToken)
    {
        var header = _chunk.AsMemory(0, HeaderBytes);
        var read = await framed.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0 && !_endsAfterIdentifier)
        {
            return null;
        }

        EnsureComplete(read, HeaderBytes);
        var type = _chunk[0];
        if (_position == 0 && type != StreamIdentifierChunk)
        {
            throw new InvalidDataException("the file does not start with a Snappy stream identifier");
        }

        _position += HeaderBytes;
        return (type, _chunk[1] | (_chunk[2] << 8) | (_chunk[3] << 16));
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(int length, CancellationToken cancellationToken)
    {
        if (length > MaxChunkBytes)
        {
            throw Damaged($"a chunk has the length {length} bytes, but at most {MaxChunkBytes} are possible");
        }

        var chunk = _chunk.AsMemory(0, length);
        EnsureComplete(await framed.ReadAtLeastAsync(chunk, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false), length);
        _position += length;
        return chunk;
    }

    private ReadOnlyMemory<byte> Unpack(byte type, ReadOnlyMemory<byte> chunk) => type switch
    {
        StreamIdentifierChunk when chunk.Span.SequenceEqual(StreamIdentifier) => default,
        StreamIdentifierChunk => throw Damaged("a stream identifier is not the one of Snappy"),
        CompressedChunk or PlainChunk when chunk.Length < ChecksumBytes => throw Damaged("a chunk is too short for its checksum"),
        CompressedChunk => Checked(Decompress(chunk[ChecksumBytes..].Span), chunk.Span),
        PlainChunk => Checked(Copy(chunk[ChecksumBytes..]), chunk.Span),
        _ => throw Damaged($"a chunk has the unknown type 0x{type:x2}"),
    };

    private ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> compressed)
    {
        try
        {
            return _block.AsMemory(0, Snappy.Decompress(compressed, _block));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or ArgumentException)
        {
            throw Damaged("a chunk cannot be decompressed", e);
        }
    }

    private ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> content) => content.Length <= MaxBlockBytes
        ? content
        : throw Damaged($"a chunk has {content.Length} bytes of content, but at most {MaxBlockBytes} are possible");

    private ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> content, ReadOnlySpan<byte> chunk) =>
        MaskedChecksum(content.Span) == BinaryPrimitives.ReadUInt32LittleEndian(chunk)
            ? content
            : throw Damaged("the checksum of a chunk is wrong");

    /// <summary>The CRC-32C, rotated and offset as the framing format requires.</summary>
    private static uint MaskedChecksum(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        for (; content.Length >= sizeof(ulong); content = content[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
        }

        foreach (var one in content)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    private void EnsureComplete(int read, int expected)
    {
        if (read < expected)
        {
            throw new InvalidDataException($"the file ends at byte {_position + read}, before the end of a chunk");
        }
    }

    private InvalidDataException Damaged(string what, Exception? cause = null) => new($"{what} (before byte {_position} of the file)", cause);
}

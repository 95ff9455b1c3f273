using System.Buffers.Binary;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Archives;

public class ArchiveReaderTests
{
    private const string Small = "1.8.7-trees-metadata";

    [Fact]
    public async Task An_empty_file_has_no_operations() => Assert.Empty(await ArchiveSamples.ReadAllAsync([]));

    [Theory]
    [InlineData("1.8.7-trees-metadata")]
    [InlineData("1.9.12-trees-full")]
    public async Task An_archive_cut_at_any_byte_is_detected(string name)
    {
        var whole = await File.ReadAllBytesAsync(Recordings.Archive(name));

        for (var length = 1; length < whole.Length; length++)
        {
            await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveSamples.ReadAllAsync(whole[..length]));
        }
    }

    [Fact]
    public async Task A_flipped_bit_is_detected_unless_the_content_is_the_same()
    {
        var bytes = await File.ReadAllBytesAsync(Recordings.Archive(Small));
        var content = await ContentOrNothingAsync(bytes);

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if (await ContentOrNothingAsync(bytes) is { } read)
            {
                Assert.Equal(content, read);
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task A_stream_that_ends_between_two_chunks_but_inside_an_operation_is_detected()
    {
        var content = new byte[100_000];
        BinaryPrimitives.WriteInt64LittleEndian(content, content.Length - sizeof(long));
        var archive = ArchiveSamples.Compress(content);
        var firstChunkEnd = 10 + 4 + (archive[11] | (archive[12] << 8) | (archive[13] << 16));

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveSamples.ReadAllAsync(archive[..firstChunkEnd]));

        Assert.Equal(
            "Operation 1, at byte 0 of the uncompressed stream, cannot be read: the stream ends after 65528 of the operation's 99992 bytes.",
            error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData((20 * 1024 * 1024) + 1)]
    [InlineData(long.MaxValue)]
    public async Task An_impossible_length_is_detected_before_memory_is_allocated(long length)
    {
        var prefix = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        var archive = ArchiveSamples.Compress(prefix);

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveSamples.ReadAllAsync(archive));

        Assert.Contains($"its length says {length} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_not_an_archive()
    {
        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveSamples.ReadAllAsync("apiVersion: pachup/v1"u8.ToArray()));

        Assert.Contains("the file does not start with a Snappy stream identifier", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concatenated_archives_are_read_as_one()
    {
        var one = await File.ReadAllBytesAsync(Recordings.Archive(Small));

        var twice = await ArchiveSamples.ReadAllAsync([.. one, .. one]);

        Assert.Equal(2 * (await ArchiveSamples.ReadAllAsync(one)).Count, twice.Count);
    }

    [Theory]
    [InlineData(new byte[] { 0x02, 0, 0, 0 }, "unknown type 0x02")]
    [InlineData(new byte[] { 0x80, 0, 0, 0 }, "unknown type 0x80")]
    [InlineData(new byte[] { 0xFE, 3, 0, 0, 1, 2, 3 }, "unknown type 0xfe")]
    [InlineData(new byte[] { 0x00, 3, 0, 0, 1, 2, 3 }, "too short for its checksum")]
    [InlineData(new byte[] { 0x00, 0xFF, 0xFF, 0xFF }, "16777215 bytes")]
    [InlineData(new byte[] { 0x00, 5, 0, 0, 1, 2, 3, 4, 0xFF }, "cannot be decompressed")]
    [InlineData(new byte[] { 0x01, 5, 0, 0, 1, 2, 3, 4, 5 }, "checksum of a chunk is wrong")]
    [InlineData(new byte[] { 0xFF, 6, 0, 0, 1, 2, 3, 4, 5, 6 }, "not the one of Snappy")]
    public async Task An_unknown_chunk_is_named(byte[] chunk, string expected)
    {
        byte[] identifier = [0xFF, 6, 0, 0, .. "sNaPpY"u8];

        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ArchiveSamples.ReadAllAsync([.. identifier, .. chunk]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]?> ContentOrNothingAsync(byte[] archive)
    {
        try
        {
            return [.. (await ArchiveSamples.ReadAllAsync(archive)).SelectMany(operation => operation.Bytes.ToArray())];
        }
        catch (ArchiveCorruptException)
        {
            return null;
        }
    }
}

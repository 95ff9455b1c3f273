using System.IO.Compression;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;
using Snappier;

namespace PachUp.Pachyderm.Tests.Archives;

/// <summary>Archives and parts of them.</summary>
internal static class ArchiveSamples
{
    public static ArchiveSource Source { get; } =
        new("localhost:30650", "5f1c7e0c0a5d4e6f8a1b2c3d4e5f6a7b", new Release(1, 8, 7), new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public static async Task<List<Operation>> ReadAllAsync(Stream archive)
    {
        var operations = new List<Operation>();
        await foreach (var operation in ArchiveReader.ReadAsync(archive))
        {
            operations.Add(operation);
        }

        return operations;
    }

    public static Task<List<Operation>> ReadAllAsync(byte[] archive) => ReadAllAsync(new MemoryStream(archive));

    public static async Task<List<Operation>> ReadRecordedAsync(string name)
    {
        await using var file = File.OpenRead(Recordings.Archive(name));
        return await ReadAllAsync(file);
    }

    /// <summary>The uncompressed content of the file, read with another decoder.</summary>
    public static async Task<byte[]> DecompressAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var snappy = new SnappyStream(file, CompressionMode.Decompress);
        using var content = new MemoryStream();
        await snappy.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>Content in Snappy's framing format.</summary>
    public static byte[] Compress(byte[] content)
    {
        using var framed = new MemoryStream();
        using (var snappy = new SnappyStream(framed, CompressionMode.Compress, leaveOpen: true))
        {
            snappy.Write(content);
        }

        return framed.ToArray();
    }

    public static async Task<ArchiveManifest> WriteAsync(string path, IEnumerable<Operation> operations)
    {
        await using var writer = ArchiveWriter.Create(path);
        foreach (var operation in operations)
        {
            await writer.WriteAsync(operation);
        }

        return await writer.CompleteAsync(Source);
    }
}

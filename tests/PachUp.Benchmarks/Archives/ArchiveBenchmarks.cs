using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Wire.Pfs;
using Snappier;
using File = System.IO.File;

namespace PachUp.Benchmarks.Archives;

/// <summary>The time of an archive for parsing, counting and hashing, compared with the same bytes only through Snappy.</summary>
public class ArchiveBenchmarks
{
    private const int Objects = 16;
    private const int ObjectBytes = 4 * 1024 * 1024;
    private const int Seed = 1;

    private readonly string _directory = Directory.CreateTempSubdirectory("pachup-benchmarks-").FullName;
    private readonly List<Operation> _operations = [];

    private string ArchivePath => Path.Combine(_directory, "archive.pachx");

    private string PlainPath => Path.Combine(_directory, "plain.snappy");

    /// <summary>Creates operations of 64 MB that compress to about a half, and the two files to read.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Objects; i++)
        {
            var content = new byte[ObjectBytes];
            random.NextBytes(content.AsSpan(0, ObjectBytes / 2));
            _operations.Add(ObjectOf(content));
            _operations.Add(ObjectOf([]));
        }

        await WriteArchive();
        await WritePlain();
    }

    /// <summary>Removes the files.</summary>
    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_directory, recursive: true);

    /// <summary>Only Snappy.</summary>
    [Benchmark(Baseline = true)]
    public async Task WritePlain()
    {
        await using var file = File.Create(PlainPath);
        await using var snappy = new SnappyStream(file, CompressionMode.Compress);
        foreach (var operation in _operations)
        {
            await snappy.WriteAsync(operation.Bytes);
        }
    }

    /// <summary>An archive with its manifest, on disk.</summary>
    [Benchmark]
    public async Task WriteArchive()
    {
        await using var writer = ArchiveWriter.Create(ArchivePath);
        foreach (var operation in _operations)
        {
            await writer.WriteAsync(operation);
        }

        await writer.CompleteAsync(new ArchiveSource("benchmark:30650", "", new Release(1, 8, 8), DateTimeOffset.UnixEpoch));
    }

    /// <summary>Only Snappy.</summary>
    [Benchmark]
    public async Task ReadPlain()
    {
        await using var file = File.OpenRead(PlainPath);
        await using var snappy = new SnappyStream(file, CompressionMode.Decompress);
        await snappy.CopyToAsync(Stream.Null);
    }

    /// <summary>An archive, checked completely as before every restore.</summary>
    [Benchmark]
    public Task VerifyArchive() => ArchiveInspection.VerifyAsync(ArchivePath);

    private static Operation ObjectOf(byte[] content) => Operation.Create(
        OperationGeneration.V1_8, OperationKind.Object, new PutObjectRequest { Value = Google.Protobuf.ByteString.CopyFrom(content) });
}

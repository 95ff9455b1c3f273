using Google.Protobuf;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Pachyderm.Tests.Connections;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests;

/// <summary>Every damaged file and every damaged answer of a server is read, or refused with a reason.</summary>
[Collection(MutationFuzz.Collection)]
public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Damaged_archives() => MutationFuzz.RunAsync(
        [.. new[] { "1.7.14-world-metadata", "1.8.7-world-full", "1.9.12-world-full" }.Select(name => File.ReadAllBytes(Recordings.Archive(name)))],
        async damaged =>
        {
            var path = _folder.File("damaged.pachx");
            await File.WriteAllBytesAsync(path, damaged);
            await ArchiveInspection.VerifyAsync(path);
        },
        failure => failure is ArchiveCorruptException);

    [Fact]
    public async Task Damaged_operations()
    {
        var operations = await ArchiveSamples.ReadRecordedAsync("1.9.12-world-full");

        await MutationFuzz.RunAsync(
            [.. operations.Select(operation => operation.Bytes.ToArray())],
            damaged => Task.FromResult(OperationParsing.Parse(Operation.FromBytes(damaged))),
            failure => failure is MalformedOperationException);
    }

    [Fact]
    public async Task Damaged_manifests()
    {
        var archive = _folder.File("whole.pachx");
        await ArchiveSamples.WriteAsync(archive, await ArchiveSamples.ReadRecordedAsync("1.8.7-world-metadata"));
        var manifest = Directory.EnumerateFiles(Path.GetDirectoryName(archive)!).Single(file => file.EndsWith(".json", StringComparison.Ordinal));

        await MutationFuzz.RunAsync(
            [await File.ReadAllBytesAsync(manifest)],
            async damaged =>
            {
                await File.WriteAllBytesAsync(manifest, damaged);
                await ArchiveManifest.ReadBesideAsync(archive);
            },
            failure => failure is ArchiveCorruptException);
    }

    [Fact]
    public async Task Damaged_inventories()
    {
        await using var pachd = await ReplayedPachd.StartAsync("1.8.7", "20-source-world");
        await using var client = PachdClient.Create(pachd.Address);
        var path = _folder.File("source.inventory.json");
        await InventoryFile.WriteAsync(path, await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly));

        await MutationFuzz.RunAsync(
            [await File.ReadAllBytesAsync(path)],
            async damaged =>
            {
                await File.WriteAllBytesAsync(path, damaged);
                await InventoryFile.ReadAsync(path);
            },
            failure => failure is FormatException);
    }

    [Fact]
    public async Task Damaged_answers_of_a_server()
    {
        byte[] answer = [];
        await using var pachd = await FakePachd.StartAsync((_, _) => new Reply([answer]));
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = new PachdTimeouts { Retry = TimeSpan.Zero } });
        byte[][] samples =
        [
            new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7, Additional = "-rc1" }.ToByteArray(),
            new Wire.Admin.ClusterInfo { Id = "0123456789abcdef" }.ToByteArray(),
            OperationSamples.Repo("images").Bytes.ToArray(),
        ];

        await MutationFuzz.RunAsync(
            samples,
            async damaged =>
            {
                answer = damaged;
                await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
                await client.ExtractAsync(includeObjects: true).ToListAsync();
            },
            failure => failure is PachdException or MalformedOperationException);
    }
}

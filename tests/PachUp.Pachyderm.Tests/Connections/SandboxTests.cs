using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Sandbox;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Connections;

/// <summary>Client, archives and inventories together with a full server.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task The_files_of_a_cluster_are_probed_and_its_objects_counted(string release)
    {
        await using var cluster = await StartAsync(release, $"{release}-world-full");
        await using var client = PachdClient.Create(cluster.Address);

        var inventory = await InventoryReader.ReadAsync(client, new InventoryOptions { CountObjects = true, ProbeFiles = true });

        Assert.True(inventory.Objects > 0);
        Snapshot.Match(
            string.Concat(inventory.Probes.Select(probe =>
                $"{probe.Repo}@{probe.Branch}:{probe.Path} {probe.SizeBytes} bytes {probe.Sha256[..12]}\n")),
            new Snapshooter.SnapshotNameExtension(release));
    }

    [Fact]
    public async Task An_extracted_and_restored_state_is_the_same()
    {
        await using var source = await StartAsync("1.8.7", "1.8.7-open-full");
        await using var target = await StartAsync("1.8.7", archive: null);
        await using var from = PachdClient.Create(source.Address);
        await using var to = PachdClient.Create(target.Address);
        var options = new InventoryOptions { CountObjects = true, ProbeFiles = true };
        var archive = _folder.File("archive");

        await ArchiveSamples.WriteAsync(archive, await from.ExtractAsync(includeObjects: true).ToListAsync());
        await using var file = File.OpenRead(archive);
        await to.RestoreAsync(PachUp.Pachyderm.Archives.ArchiveReader.ReadAsync(file));

        var expected = await InventoryReader.ReadAsync(from, options);
        var arrived = await InventoryReader.ReadAsync(to, options);
        Assert.NotEmpty(expected.Probes);
        Assert.Equal(expected.Probes.AsEnumerable(), arrived.Probes);
        Assert.NotEqual(expected.ClusterId, arrived.ClusterId);
    }

    [Fact]
    public async Task A_refused_restore_has_the_error_of_the_server()
    {
        await using var target = await StartAsync("1.9.0", archive: null);
        await using var client = PachdClient.Create(target.Address);

        var error = await Assert.ThrowsAsync<PachdException>(
            async () => await client.RestoreAsync((await ArchiveSamples.ReadRecordedAsync("1.8.7-world-full")).ToAsyncEnumerable()));

        Assert.Equal(PachdFailure.Refused, error.Failure);
        Assert.Contains("cannot mix different versions of pachd operation within a metadata dumps", error.Detail, StringComparison.Ordinal);
    }

    private static async Task<SandboxCluster> StartAsync(string release, string? archive)
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(release) });
        if (archive is not null)
        {
            await cluster.FillAsync(Recordings.Archive(archive));
        }

        return cluster;
    }
}

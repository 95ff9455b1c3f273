using PachUp.Engine.Runs;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Verification.Records;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Empty files. Releases before 1.9.6 extract their object in a form that they lose in a restore.</summary>
public sealed class EmptyFileTests
{
    [Theory]
    [InlineData("1.8.7", "1.9.0")]
    [InlineData("1.8.8", "1.9.12")]
    public async Task An_empty_file_arrives_and_the_archive_can_be_restored_by_the_server(string from, string to)
    {
        await using var migration = await MigrationHarness.StartAsync(from, to, sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("words");
        await source.CommitFileAsync("words", "master", "/empty.txt", "");
        await source.CommitFileAsync("words", "master", "/more.txt", "more");

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Equal(0, (await ReadAsync(migration.Target)).SizeBytes);
        var archive = result.Run.File("source.pachx");
        var manifest = (await ArchiveInspection.VerifyAsync(archive)).Manifest!;
        Assert.Equal((await InventoryFile.ReadAsync(result.Run.File(RecordFiles.ExtractedSource))).Objects, manifest.Summary.Objects);
        await using var again = await SandboxCluster.StartAsync(new SandboxOptions { Release = migration.Source.Release });
        await using var client = PachdClient.Create(again.Address);
        await using var file = File.OpenRead(archive);
        await client.RestoreAsync(ArchiveReader.ReadAsync(file));
        Assert.Equal(0, (await ReadAsync(again)).SizeBytes);
    }

    private static async Task<FileContent> ReadAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.Address);
        return await FileContent.ReadAsync(client, "words", "master", "/empty.txt");
    }
}

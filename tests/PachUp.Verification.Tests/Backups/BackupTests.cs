using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Backups;
using PachUp.Verification.Records;

namespace PachUp.Verification.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private static readonly ClusterInventory Held = Clusters.Of(Clusters.Repo("images"));

    private readonly TemporaryFolder _backup = new();
    private readonly TemporaryFolder _run = new();

    private string Archive => _backup.File("a.pachx");

    public void Dispose()
    {
        _backup.Dispose();
        _run.Dispose();
    }

    [Fact]
    public async Task A_backup_is_opened_with_its_manifest_and_inventory()
    {
        await WriteAsync(Held);

        var backup = await OpenAsync();

        Assert.Equal((Held.ClusterId, "images", false), (backup.Manifest.Source.ClusterId, backup.Inventory.Repos[0].Name, backup.IsArchiveAlone));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(OpenAsync);

        Assert.Equal((FailureKind.Refused, $"the backup \"{Archive}\" does not exist"), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task Files_of_two_clusters_are_refused()
    {
        await WriteAsync(Held);
        await InventoryFile.WriteAsync(BackupFiles.InventoryOf(Archive), Held with { ClusterId = "another" });

        var refusal = await Assert.ThrowsAsync<StepFailedException>(OpenAsync);

        Assert.Equal($"the files of the backup \"{Archive}\" belong to two clusters: the archive to source, the inventory to another", refusal.Message);
    }

    [Fact]
    public async Task An_archive_without_an_inventory_beside_it_tells_of_its_cluster_itself()
    {
        File.Copy(Recordings.Archive("1.8.7-world-metadata"), Archive);

        var backup = await OpenAsync();

        Assert.True(backup.IsArchiveAlone);
        Assert.Equal(new ReleaseLine(1, 8), backup.Inventory.Release.Line);
        Assert.Equal(new FileInfo(Archive).Length, backup.Manifest.Bytes);
    }

    [Theory]
    [InlineData(3, null, true)]
    [InlineData(0, null, false)]
    [InlineData(0, 0L, true)]
    [InlineData(0, 3L, false)]
    public async Task A_backup_carries_objects_where_the_archive_has_some_or_the_cluster_had_none(long inArchive, long? onCluster, bool carries)
    {
        await WriteAsync(Held with { Objects = onCluster }, new ArchiveSummary { Objects = inArchive });

        Assert.Equal(carries, (await OpenAsync()).CarriesObjects);
    }

    [Fact]
    public async Task What_a_run_found_out_is_kept_beside_the_archive_and_brought_into_another_run()
    {
        var inventory = Held with { Objects = 1, Tags = 0 };
        await WriteAsync(inventory);
        File.Delete(BackupFiles.InventoryOf(Archive));
        using var firstRun = new TemporaryFolder();
        await InventoryFile.WriteAsync(firstRun.File(RecordFiles.ExtractedSource), inventory);
        await File.WriteAllTextAsync(firstRun.File(RecordFiles.SourceObjects), "objects");
        await File.WriteAllTextAsync(firstRun.File(RecordFiles.SourceTags), "tags");

        using (var files = new NewFiles())
        {
            await BackupFiles.CopyBesideAsync(files, Archive, firstRun.Path, inventory, CancellationToken.None);
            files.GiveNames();
        }

        await BackupFiles.BringIntoAsync(_run.Path, await OpenAsync(), CancellationToken.None);

        Assert.Equal(["a.pachx", "a.pachx.inventory.json", "a.pachx.manifest.json", "a.pachx.objects", "a.pachx.tags"], _backup.FileNames);
        Assert.Equal([RecordFiles.ExtractedSource, RecordFiles.SourceObjects, RecordFiles.SourceTags], _run.FileNames);
        Assert.Equal("objects", await File.ReadAllTextAsync(_run.File(RecordFiles.SourceObjects)));
    }

    [Fact]
    public async Task Without_listings_only_the_inventory_is_kept()
    {
        await WriteAsync(Held);
        await BackupFiles.BringIntoAsync(_run.Path, await OpenAsync(), CancellationToken.None);

        Assert.Equal([RecordFiles.ExtractedSource], _run.FileNames);
        Assert.Equal(2, BackupFiles.Beside(Archive, listsObjects: false).Count());
    }

    [Fact]
    public async Task Of_an_archive_alone_the_run_gets_what_it_says_and_a_mark()
    {
        File.Copy(Recordings.Archive("1.8.7-world-metadata"), Archive);

        await BackupFiles.BringIntoAsync(_run.Path, await OpenAsync(), CancellationToken.None);

        Assert.Equal([RecordFiles.ArchiveAlone, RecordFiles.ExtractedSource], _run.FileNames);
    }

    [Fact]
    public async Task A_listing_that_is_missing_is_not_passed_over()
    {
        await WriteAsync(Held with { Objects = 1, Tags = 0 });

        await Assert.ThrowsAsync<FileNotFoundException>(async () => await BackupFiles.BringIntoAsync(_run.Path, await OpenAsync(), CancellationToken.None));
    }

    private Task<Backup> OpenAsync() => Backup.OpenAsync(Archive, CancellationToken.None);

    private async Task WriteAsync(ClusterInventory inventory, ArchiveSummary? summary = null)
    {
        await File.WriteAllTextAsync(Archive, "an archive");
        JsonFile.Write(BackupFiles.ManifestOf(Archive), new ArchiveManifest
        {
            Source = new ArchiveSource("old:30650", Held.ClusterId, inventory.Release, DateTimeOffset.UnixEpoch),
            Summary = summary ?? new ArchiveSummary(),
            Bytes = 10,
            Sha256 = new string('a', 64),
        });
        await InventoryFile.WriteAsync(BackupFiles.InventoryOf(Archive), inventory);
    }
}

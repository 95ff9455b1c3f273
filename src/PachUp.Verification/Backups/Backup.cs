using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Verification.Backups;

/// <summary>A backup: an archive, its manifest, and the inventory of the cluster, which contains what pachd's extract leaves out.</summary>
/// <param name="Path">The archive file.</param>
/// <param name="Manifest">The manifest beside it.</param>
/// <param name="Inventory">The inventory of the cluster, with its pipelines as they were before the pause.</param>
internal sealed record Backup(string Path, ArchiveManifest Manifest, ClusterInventory Inventory)
{
    /// <summary>Whether there is no inventory beside the archive.</summary>
    public bool IsArchiveAlone { get; init; }

    /// <summary>Whether the archive contains the content of all files.</summary>
    public bool CarriesObjects => Manifest.Summary.Objects > 0 || Inventory.Objects == 0;

    /// <summary>Opens a backup. This does not read the archive, unless there are no files beside it; the step <c>open-backup</c> reads it.</summary>
    /// <exception cref="StepFailedException">There is no such backup, or its files belong to two clusters.</exception>
    /// <exception cref="ArchiveCorruptException">Its manifest, or an archive without other files, cannot be read.</exception>
    /// <exception cref="FormatException">Its inventory cannot be read.</exception>
    public static async Task<Backup> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw StepFailedException.Refused($"the backup \"{path}\" does not exist", "Give the archive file that a backup wrote, for example with --set backup=PATH.");
        }

        var manifest = await ArchiveManifest.ReadBesideAsync(path, cancellationToken);
        if (manifest is null || !File.Exists(BackupFiles.InventoryOf(path)))
        {
            return await OfArchiveAloneAsync(path, cancellationToken);
        }

        var inventory = await InventoryFile.ReadAsync(BackupFiles.InventoryOf(path), cancellationToken);
        return inventory.ClusterId == manifest.Source.ClusterId ? new Backup(path, manifest, inventory) : throw Mixed(path, manifest, inventory);
    }

    /// <summary>Opens an archive without other files, such as one that pachctl wrote; only its own facts are known.</summary>
    private static async Task<Backup> OfArchiveAloneAsync(string path, CancellationToken cancellationToken)
    {
        var (report, inventory) = await ArchiveContents.ReadAsync(
            path, line => ReleaseCatalogue.BuiltIn.LatestOf(line)!.Release, progress: null, cancellationToken);
        var manifest = report.Manifest ?? new ArchiveManifest
        {
            Source = new ArchiveSource("", inventory.ClusterId, inventory.Release, File.GetLastWriteTimeUtc(path)),
            Summary = report.Summary,
            Bytes = report.Bytes,
            Sha256 = report.Sha256,
        };
        return new Backup(path, manifest, inventory) { IsArchiveAlone = true };
    }

    private static StepFailedException Mixed(string path, ArchiveManifest manifest, ClusterInventory inventory) => StepFailedException.Refused(
        $"the files of the backup \"{path}\" belong to two clusters: the archive to {manifest.Source.ClusterId}, the inventory to {inventory.ClusterId}",
        "Put all files of one backup into one folder.");
}

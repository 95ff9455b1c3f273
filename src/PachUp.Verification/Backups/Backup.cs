using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Verification.Backups;

/// <summary>A backup: an archive, its manifest, and the inventory of the cluster, which has what pachd's extract leaves out.</summary>
/// <param name="Path">The archive file.</param>
/// <param name="Manifest">What stands beside it.</param>
/// <param name="Inventory">What the cluster held, with its pipelines as they were before they were paused.</param>
internal sealed record Backup(string Path, ArchiveManifest Manifest, ClusterInventory Inventory)
{
    /// <summary>Whether nothing lies beside the archive that says what it does not say itself.</summary>
    public bool IsArchiveAlone { get; init; }

    /// <summary>Whether the content of all files is in it.</summary>
    public bool CarriesObjects => Manifest.Summary.Objects > 0 || Inventory.Objects == 0;

    /// <summary>Opens a backup. Its archive is not read yet, unless nothing lies beside it; opening the backup in a plan does.</summary>
    /// <exception cref="StepFailedException">There is none, or its files are of two clusters.</exception>
    /// <exception cref="ArchiveCorruptException">Its manifest, or an archive that is alone, cannot be understood.</exception>
    /// <exception cref="FormatException">Its inventory cannot be understood.</exception>
    public static async Task<Backup> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw StepFailedException.Refused($"there is no backup \"{path}\"", "Give the archive file that a backup wrote, such as with --set backup=PATH.");
        }

        var manifest = await ArchiveManifest.ReadBesideAsync(path, cancellationToken);
        if (manifest is null || !File.Exists(BackupFiles.InventoryOf(path)))
        {
            return await OfArchiveAloneAsync(path, cancellationToken);
        }

        var inventory = await InventoryFile.ReadAsync(BackupFiles.InventoryOf(path), cancellationToken);
        return inventory.ClusterId == manifest.Source.ClusterId ? new Backup(path, manifest, inventory) : throw Mixed(path, manifest, inventory);
    }

    /// <summary>An archive with nothing beside it, such as one that pachctl wrote: what it says of the cluster has to do.</summary>
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
        $"the files of the backup \"{path}\" are of two clusters: the archive is of {manifest.Source.ClusterId}, the inventory of {inventory.ClusterId}",
        "Put the files of one backup beside each other.");
}

using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Backups;

/// <summary>A backup: an archive, its manifest, and the inventory of the cluster, which has what pachd's extract leaves out.</summary>
/// <param name="Path">The archive file.</param>
/// <param name="Manifest">What stands beside it.</param>
/// <param name="Inventory">What the cluster held, with its pipelines as they were before they were paused.</param>
internal sealed record Backup(string Path, ArchiveManifest Manifest, ClusterInventory Inventory)
{
    /// <summary>Whether the content of all files is in it.</summary>
    public bool CarriesObjects => Manifest.Summary.Objects > 0 || Inventory.Objects == 0;

    /// <summary>Opens a backup. Its archive is not read yet; opening the backup in a plan does.</summary>
    /// <exception cref="StepFailedException">A file of it is missing or is not what the others say.</exception>
    /// <exception cref="ArchiveCorruptException">Its manifest cannot be understood.</exception>
    /// <exception cref="FormatException">Its inventory cannot be understood.</exception>
    public static async Task<Backup> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw StepFailedException.Refused($"there is no backup \"{path}\"", "Give the archive file that a backup wrote, such as with --set backup=PATH.");
        }

        var manifest = await ArchiveManifest.ReadBesideAsync(path, cancellationToken) ?? throw Missing(path, BackupFiles.ManifestOf(path));
        var inventory = File.Exists(BackupFiles.InventoryOf(path))
            ? await InventoryFile.ReadAsync(BackupFiles.InventoryOf(path), cancellationToken)
            : throw Missing(path, BackupFiles.InventoryOf(path));
        return inventory.ClusterId == manifest.Source.ClusterId ? new Backup(path, manifest, inventory) : throw Mixed(path, manifest, inventory);
    }

    private static StepFailedException Missing(string path, string file) => StepFailedException.Refused(
        $"the backup \"{path}\" is not complete: its file \"{file}\" is missing",
        "Put the file back beside the archive, or choose another backup: what it says is in no archive.");

    private static StepFailedException Mixed(string path, ArchiveManifest manifest, ClusterInventory inventory) => StepFailedException.Refused(
        $"the files of the backup \"{path}\" are of two clusters: the archive is of {manifest.Source.ClusterId}, the inventory of {inventory.ClusterId}",
        "Put the files of one backup beside each other.");
}

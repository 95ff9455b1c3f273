using PachUp.Common.Files;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.Backups;

/// <summary>The files of a backup beside its archive. With them the archive can be restored without the run that wrote it.</summary>
internal static class BackupFiles
{
    private static readonly (string Suffix, string RunFile) Inventory = (".inventory.json", RecordFiles.ExtractedSource);

    private static readonly (string Suffix, string RunFile)[] Listings = [(".objects", RecordFiles.SourceObjects), (".tags", RecordFiles.SourceTags)];

    private const string OutputsSuffix = ".outputs.zip";

    public static string ManifestOf(string archive) => archive + ArchiveManifest.FileSuffix;

    public static string InventoryOf(string archive) => archive + Inventory.Suffix;

    /// <summary>The file with the record of finished output.</summary>
    public static string OutputsOf(string archive) => archive + OutputsSuffix;

    /// <summary>All files that a backup can have, except the archive.</summary>
    public static IEnumerable<string> Beside(string archive) => Beside(archive, listsObjects: true).Append(OutputsOf(archive));

    /// <summary>The files of a backup, except the archive.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="listsObjects">Whether the objects and tags of the cluster could be listed.</param>
    public static IEnumerable<string> Beside(string archive, bool listsObjects) => [ManifestOf(archive), .. FromRun(listsObjects).Select(file => archive + file.Suffix)];

    /// <summary>Copies what a run knows about the cluster into files that will be beside its archive.</summary>
    /// <param name="files">Creates the files.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="runDirectory">The run directory.</param>
    /// <param name="inventory">The inventory of the cluster.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public static async Task CopyBesideAsync(
        NewFiles files, string archive, string runDirectory, ClusterInventory inventory, CancellationToken cancellationToken)
    {
        foreach (var (suffix, runFile) in FromRun(HasListings(inventory)))
        {
            await using var source = ReadFile.Open(Path.Combine(runDirectory, runFile));
            await using var copy = files.Create(archive + suffix);
            await source.CopyToAsync(copy, cancellationToken);
            copy.FlushToDisk();
        }
    }

    /// <summary>Copies the files beside an archive into the run directory; if there are none, writes what the archive itself tells.</summary>
    /// <exception cref="FileNotFoundException">A file of the backup is missing.</exception>
    public static async Task BringIntoAsync(string runDirectory, Backup backup, CancellationToken cancellationToken)
    {
        if (backup.IsArchiveAlone)
        {
            await InventoryFile.WriteAsync(Path.Combine(runDirectory, RecordFiles.ExtractedSource), backup.Inventory, cancellationToken);
            PrivateFile.Replace(Path.Combine(runDirectory, RecordFiles.ArchiveAlone), []);
            return;
        }

        foreach (var (suffix, runFile) in FromRun(HasListings(backup.Inventory)))
        {
            await PrivateFile.CopyAsync(backup.Path + suffix, Path.Combine(runDirectory, runFile), cancellationToken);
        }

        await BackupOutputs.UnpackAsync(OutputsOf(backup.Path), runDirectory, cancellationToken);
    }

    private static bool HasListings(ClusterInventory inventory) => inventory.Objects is not null;

    private static IEnumerable<(string Suffix, string RunFile)> FromRun(bool listsObjects) => listsObjects ? [Inventory, .. Listings] : [Inventory];
}

using PachUp.Common.Files;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.Backups;

/// <summary>The files of a backup, which lie beside its archive: with them the archive is worth something without the run that wrote it.</summary>
internal static class BackupFiles
{
    private static readonly (string Suffix, string RunFile) Inventory = (".inventory.json", RecordFiles.ExtractedSource);

    private static readonly (string Suffix, string RunFile)[] Listings = [(".objects", RecordFiles.SourceObjects), (".tags", RecordFiles.SourceTags)];

    private const string OutputsSuffix = ".outputs.zip";

    public static string ManifestOf(string archive) => archive + ArchiveManifest.FileSuffix;

    public static string InventoryOf(string archive) => archive + Inventory.Suffix;

    /// <summary>The file with the record of finished output.</summary>
    public static string OutputsOf(string archive) => archive + OutputsSuffix;

    /// <summary>All files that a backup can have but the archive itself.</summary>
    public static IEnumerable<string> Beside(string archive) => Beside(archive, listsObjects: true).Append(OutputsOf(archive));

    /// <summary>The files of a backup but the archive itself.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="listsObjects">Whether the objects and tags of the cluster could be listed.</param>
    public static IEnumerable<string> Beside(string archive, bool listsObjects) => [ManifestOf(archive), .. FromRun(listsObjects).Select(file => archive + file.Suffix)];

    /// <summary>Copies what a run found out about the cluster to beside the archive that it wrote.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="runDirectory">The directory of the run.</param>
    /// <param name="inventory">What the cluster held.</param>
    public static void KeepBeside(string archive, string runDirectory, ClusterInventory inventory)
    {
        foreach (var (suffix, runFile) in FromRun(HasListings(inventory)))
        {
            PrivateFile.Copy(Path.Combine(runDirectory, runFile), archive + suffix);
        }
    }

    /// <summary>Copies what lies beside an archive to where the steps of a run look for it; of an archive alone, what it says of its cluster.</summary>
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
            PrivateFile.Copy(backup.Path + suffix, Path.Combine(runDirectory, runFile));
        }

        await BackupOutputs.UnpackAsync(OutputsOf(backup.Path), runDirectory, cancellationToken);
    }

    /// <summary>Removes a backup, complete or not.</summary>
    public static void Delete(string archive)
    {
        foreach (var file in Beside(archive).Prepend(archive))
        {
            File.Delete(file);
        }
    }

    private static bool HasListings(ClusterInventory inventory) => inventory.Objects is not null;

    private static IEnumerable<(string Suffix, string RunFile)> FromRun(bool listsObjects) => listsObjects ? [Inventory, .. Listings] : [Inventory];
}

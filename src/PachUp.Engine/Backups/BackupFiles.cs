using PachUp.Engine.Runs;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Engine.Backups;

/// <summary>The files of a backup, which lie beside its archive: with them the archive is worth something without the run that wrote it.</summary>
internal static class BackupFiles
{
    private static readonly (string Suffix, string RunFile)[] FromRun =
    [
        (".inventory.json", RunFiles.ExtractedSource),
        (".objects", RunFiles.SourceObjects),
        (".tags", RunFiles.SourceTags),
    ];

    public static string ManifestOf(string archive) => archive + ArchiveManifest.FileSuffix;

    public static string InventoryOf(string archive) => archive + FromRun[0].Suffix;

    /// <summary>All files of a backup but the archive itself.</summary>
    public static IEnumerable<string> Beside(string archive) => [ManifestOf(archive), .. FromRun.Select(file => archive + file.Suffix)];

    /// <summary>Copies what a run found out about the cluster to beside the archive that it wrote.</summary>
    public static void KeepBeside(string archive, string runDirectory)
    {
        foreach (var (suffix, runFile) in FromRun)
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
            await InventoryFile.WriteAsync(Path.Combine(runDirectory, RunFiles.ExtractedSource), backup.Inventory, cancellationToken);
            return;
        }

        foreach (var (suffix, runFile) in FromRun)
        {
            PrivateFile.Copy(backup.Path + suffix, Path.Combine(runDirectory, runFile));
        }
    }

    /// <summary>Removes a backup, complete or not.</summary>
    public static void Delete(string archive)
    {
        foreach (var file in Beside(archive).Prepend(archive))
        {
            File.Delete(file);
        }
    }
}

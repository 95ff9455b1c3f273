using System.IO.Compression;
using PachUp.Common.Files;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Verification.Backups;

/// <summary>
/// Reads and writes the record of finished output that belongs to a backup. The output of a restored cluster is compared with it. It is one zip file
/// beside the archive, and contains the list of branch heads and the list of files of each head.
/// </summary>
internal static class BackupOutputs
{
    /// <summary>Writes the record of a run to a file. Writes nothing if the run has no record.</summary>
    /// <returns>Whether there is a record.</returns>
    public static async Task<bool> PackAsync(string runDirectory, NewFiles files, string path, CancellationToken cancellationToken)
    {
        var heads = Path.Combine(runDirectory, RecordFiles.SourceOutputs);
        if (!File.Exists(heads))
        {
            return false;
        }

        await using var file = files.Create(path);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
        {
            await AddAsync(zip, heads, cancellationToken);
            foreach (var recorded in FilesOf(runDirectory))
            {
                await AddAsync(zip, recorded, cancellationToken);
            }
        }

        file.FlushToDisk();
        return true;
    }

    /// <summary>Copies the record into the directory of a run. Does nothing if the backup has no record.</summary>
    /// <exception cref="StepFailedException">The file is damaged.</exception>
    public static async Task UnpackAsync(string path, string runDirectory, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            await UnpackEntriesAsync(path, runDirectory, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new StepFailedException(
                $"the record of finished output \"{path}\" is damaged: {e.Message}",
                "Copy the file again. Or move it away: then the backup can be restored, but its output cannot be compared.",
                e);
        }
    }

    private static async Task UnpackEntriesAsync(string path, string runDirectory, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(runDirectory, RecordFiles.SourceOutputFiles);
        PrivateDirectory.Create(folder);
        await using var file = ReadFile.Open(path);
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var entry in zip.Entries)
        {
            // Only the file name is used: an entry must not be written outside the folder.
            var to = entry.Name == RecordFiles.SourceOutputs ? Path.Combine(runDirectory, entry.Name) : Path.Combine(folder, entry.Name);
            await PrivateFile.ReplaceAsync(to, async copy =>
            {
                await using var content = await entry.OpenAsync(cancellationToken);
                await content.CopyToAsync(copy, cancellationToken);
            });
        }
    }

    private static async Task AddAsync(ZipArchive zip, string path, CancellationToken cancellationToken)
    {
        await using var content = ReadFile.Open(path);
        await using var entry = await zip.CreateEntry(Path.GetFileName(path)).OpenAsync(cancellationToken);
        await content.CopyToAsync(entry, cancellationToken);
    }

    private static IEnumerable<string> FilesOf(string runDirectory)
    {
        var folder = Path.Combine(runDirectory, RecordFiles.SourceOutputFiles);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }
}

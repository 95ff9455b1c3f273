using PachUp.Common.Files;
using PachUp.Sdk;
using PachUp.Verification.Backups;
using PachUp.Verification.Records;

namespace PachUp.Steps.Extracting;

/// <summary>
/// Controls where the archive is written. A plan may choose any path, because a backup belongs on another disk. The preview shows the full path;
/// no existing file is overwritten and no link is followed.
/// </summary>
internal static class ArchiveOwnership
{
    /// <summary>The full path for a preview; a path with unresolved look-ups is unchanged.</summary>
    public static string Shown(string path) => path.Contains("${", StringComparison.Ordinal) ? path : Path.GetFullPath(path);

    /// <summary>Notes that the archive at this path, and the files beside it, belong to the run.</summary>
    /// <exception cref="StepFailedException">A file exists there that this run did not write.</exception>
    public static void Claim(string path, IStepExecution execution)
    {
        var marker = Path.Combine(execution.RunDirectory, RecordFiles.ArchivePath);
        var fullPath = Path.GetFullPath(path);
        var isOurs = JsonFile.TryRead<string>(marker) == fullPath;
        if (BackupFiles.Beside(fullPath).Prepend(fullPath).FirstOrDefault(file => IsLink(file) || (!isOurs && Path.Exists(file))) is { } taken)
        {
            throw StepFailedException.Refused(
                $"{(IsLink(taken) ? "a link" : "a file")} \"{taken}\" exists already, and this run did not write it",
                "It may be a backup. Move it, or choose another path, for example with --set archive=PATH.");
        }

        JsonFile.Write(marker, fullPath);
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

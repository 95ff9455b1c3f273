using PachUp.Common.Files;
using PachUp.Sdk;
using PachUp.Verification.Backups;
using PachUp.Verification.Records;

namespace PachUp.Steps.Extracting;

/// <summary>
/// A plan may have its archive written anywhere, since a backup belongs on another disk. But the preview says where in full, nothing that is
/// there is written over, no link is followed, and look-ups are not climbed out of.
/// </summary>
internal static class ArchiveOwnership
{
    /// <summary>The full path for a preview; one with open look-ups as it is.</summary>
    public static string Shown(string path) => path.Contains("${", StringComparison.Ordinal) ? path : Path.GetFullPath(path);

    /// <summary>Notes that the archive at this path, and what is kept beside it, belong to the run.</summary>
    /// <exception cref="StepFailedException">There is a file already that this run did not write.</exception>
    public static void Claim(string path, IStepExecution execution)
    {
        var marker = Path.Combine(execution.RunDirectory, RecordFiles.ArchivePath);
        var fullPath = Path.GetFullPath(path);
        var isOurs = JsonFile.TryRead<string>(marker) == fullPath;
        if (BackupFiles.Beside(fullPath).Prepend(fullPath).FirstOrDefault(file => IsLink(file) || (!isOurs && Path.Exists(file))) is { } taken)
        {
            throw StepFailedException.Refused(
                $"there is {(IsLink(taken) ? "a link" : "a file")} \"{taken}\" already, and this run did not write it",
                "It may be a backup: move it away, or choose another path, such as with --set archive=PATH.");
        }

        JsonFile.Write(marker, fullPath);
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

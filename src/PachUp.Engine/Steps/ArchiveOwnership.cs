using PachUp.Engine.Runs;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>Keeps a run from writing over an archive that is somebody's backup.</summary>
internal static class ArchiveOwnership
{
    /// <summary>Notes that the archive at this path belongs to the run.</summary>
    /// <exception cref="StepFailedException">There is a file already that this run did not write.</exception>
    public static void Claim(string path, IStepExecution execution)
    {
        var marker = Path.Combine(execution.RunDirectory, RunFiles.ArchivePath);
        var fullPath = Path.GetFullPath(path);
        if (File.Exists(fullPath) && JsonFile.TryRead<string>(marker) != fullPath)
        {
            throw StepFailedException.Refused(
                $"there is a file \"{fullPath}\" already, and this run did not write it",
                "It may be a backup: move it away, or choose another path, such as with --set archive=PATH.");
        }

        JsonFile.Write(marker, fullPath);
    }
}

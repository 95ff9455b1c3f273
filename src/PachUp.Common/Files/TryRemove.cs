using PachUp.Common.Disks;

namespace PachUp.Common.Files;

/// <summary>
/// Removes files and directories that are no longer needed. It never throws, because a failed removal must not hide the result of the work. The file
/// may also be gone already.
/// </summary>
public static class TryRemove
{
    /// <summary>Removes a file.</summary>
    public static void File(string path) => Try(() => Disk.DeleteFile(Path.GetFullPath(path)));

    /// <summary>Removes a directory and everything in it.</summary>
    public static void Directory(string path) => Try(() => Disk.DeleteDirectory(Path.GetFullPath(path)));

    private static void Try(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file stays, or is already gone.
        }
    }
}

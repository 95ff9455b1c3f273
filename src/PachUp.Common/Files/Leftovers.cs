namespace PachUp.Common.Files;

/// <summary>
/// Removes files and directories that are of no use any more. It never throws: how the work ended must not be hidden by something that stays, or that
/// somebody removed first.
/// </summary>
public static class Leftovers
{
    /// <summary>Removes a file.</summary>
    public static void RemoveFile(string path) => Try(() => File.Delete(path));

    /// <summary>Removes a directory and everything in it.</summary>
    public static void RemoveDirectory(string path) => Try(() => Directory.Delete(path, recursive: true));

    private static void Try(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, or is gone already.
        }
    }
}

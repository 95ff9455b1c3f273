namespace PachUp.Common.Files;

/// <summary>How much room a disk has.</summary>
public static class FreeSpace
{
    /// <summary>The free bytes of the disk that a directory is on, or would be on; null where the system does not tell.</summary>
    public static long? Of(string directory)
    {
        var existing = directory;
        while (existing is not null && !Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        try
        {
            return existing is null ? null : new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some file systems, such as shares, do not tell; an estimate without it is still one.
            return null;
        }
    }
}

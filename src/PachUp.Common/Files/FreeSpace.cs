namespace PachUp.Common.Files;

/// <summary>The free space of a disk.</summary>
public static class FreeSpace
{
    /// <summary>The free space in bytes of the disk of a directory, which may not exist yet; null if unknown.</summary>
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
            // Some file systems, such as network shares, do not report free space. The caller works without it.
            return null;
        }
    }
}

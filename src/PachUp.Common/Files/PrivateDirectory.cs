using PachUp.Common.Disks;

namespace PachUp.Common.Files;

/// <summary>Directories that only their owner can enter.</summary>
public static class PrivateDirectory
{
    /// <summary>Creates a directory and its missing parents. Existing directories keep their permissions.</summary>
    /// <exception cref="IOException">The directory cannot be created.</exception>
    public static void Create(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full))
        {
            return;
        }

        var parent = Path.GetDirectoryName(full)!;
        Create(parent);
        Disk.CreateDirectory(full);
        Disk.FlushDirectory(parent);
    }

    /// <summary>Renames a directory, or moves it to another directory on the same disk.</summary>
    /// <exception cref="IOException">The new name is taken, or the directory cannot be moved.</exception>
    public static void Move(string from, string to)
    {
        var (before, after) = (Path.GetFullPath(from), Path.GetFullPath(to));
        Disk.MoveDirectory(before, after);
        Disk.FlushDirectory(Path.GetDirectoryName(after)!);
        Disk.FlushDirectory(Path.GetDirectoryName(before)!);
    }

    /// <summary>Deletes a directory and everything in it.</summary>
    /// <exception cref="IOException">The directory cannot be deleted.</exception>
    public static void Delete(string path) => Disk.DeleteDirectory(Path.GetFullPath(path));

    /// <summary>Flushes the names in a directory to disk. After a power cut, a file exists only if its directory was flushed.</summary>
    /// <exception cref="IOException">The directory cannot be flushed.</exception>
    public static void Flush(string path) => Disk.FlushDirectory(Path.GetFullPath(path));
}

using PachUp.Common.Disks;

namespace PachUp.Common.Files;

/// <summary>Directories that only their owner can enter.</summary>
public static class PrivateDirectory
{
    /// <summary>Creates a directory and its missing parents. Existing directories keep their permissions.</summary>
    /// <exception cref="IOException">The directory cannot be created, for example because a file has its name.</exception>
    public static void Create(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full))
        {
            return;
        }

        if (File.Exists(full))
        {
            throw new IOException($"\"{full}\" is a file, but a directory is needed there.");
        }

        var parent = Path.GetDirectoryName(full)!;
        Create(parent);
        Disk.CreateDirectory(full);
        Disk.FlushDirectory(parent);
    }

    /// <summary>Creates a directory for temporary files.</summary>
    /// <param name="prefix">The beginning of its name.</param>
    /// <exception cref="IOException">The directory cannot be created.</exception>
    public static DirectoryInfo CreateTemporary(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The directory for temporary files, \"{Path.GetTempPath()}\", cannot be used ({e.Message.TrimEnd('.')}). The environment variable TMPDIR names it.", e);
        }
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

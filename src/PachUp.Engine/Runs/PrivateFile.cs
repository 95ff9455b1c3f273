using PachUp.Pachyderm;

namespace PachUp.Engine.Runs;

/// <summary>Files that only their owner can read, because what a run leaves behind describes somebody's whole cluster.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file beside its final name, flushes it to disk and renames it.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var partial = path + ".partial";
        using (var stream = Open(partial, FileMode.Create))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        FlushDirectoryOf(path);
    }

    /// <summary>Copies a file; the copy gets its name when it is complete and on disk.</summary>
    public static void Copy(string from, string to)
    {
        var partial = to + ".partial";
        using (var source = File.OpenRead(from))
        using (var copy = Open(partial, FileMode.Create))
        {
            source.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }

        File.Move(partial, to, overwrite: true);
        FlushDirectoryOf(to);
    }

    /// <summary>Opens a file for writing, unbuffered; others may read it meanwhile.</summary>
    public static DiskFile Open(string path, FileMode mode) => new(path, Options(mode, FileAccess.Write, FileShare.Read));

    /// <summary>How to open a file that only its owner can read, unbuffered.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Sees to it that the name of a new file is on disk as well as its content.</summary>
    public static void FlushDirectoryOf(string path) => DirectoryDisk.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Creates a directory that only its owner can enter, and those above it likewise; harmless where they exist.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // .NET gives the mode to the last one alone.
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent && !Directory.Exists(parent))
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }
}

namespace PachUp.Common.Files;

/// <summary>Files that only their owner can read, because they describe somebody's whole cluster. They get their name when they are complete and on disk.</summary>
public static class PrivateFile
{
    private const string PartialSuffix = ".partial";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The name that a file has until it is complete.</summary>
    public static string PartialName(string path) => path + PartialSuffix;

    /// <summary>Creates an empty file, in place of one that is there.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static DiskFile Create(string path)
    {
        // A file that is there would keep the permissions that it has.
        File.Delete(path);
        var options = Options(FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        options.Options = FileOptions.Asynchronous;
        return new DiskFile(path, options);
    }

    /// <summary>Opens a file for writing, unbuffered; others may read it meanwhile.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
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

    /// <summary>Writes a file whole: after a crash there is the old one, or none, or the new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var partial = PartialName(path);
        using (var stream = Open(partial, FileMode.Create))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        GiveName(partial, path);
    }

    /// <inheritdoc cref="Replace"/>
    public static Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        ReplaceAsync(path, async file => await file.WriteAsync(content, cancellationToken).ConfigureAwait(false));

    /// <summary>The same with a content that is written piece by piece. Where that fails, nothing is left of it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task ReplaceAsync(string path, Func<Stream, Task> write)
    {
        var partial = PartialName(path);
        try
        {
            await using (var file = Create(partial))
            {
                await write(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            GiveName(partial, path);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Copies a file; the copy gets its name when it is complete and on disk.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Copy(string from, string to)
    {
        var partial = PartialName(to);
        using (var source = File.OpenRead(from))
        using (var copy = Open(partial, FileMode.Create))
        {
            source.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }

        GiveName(partial, to);
    }

    /// <summary>Gives a complete file its name, in place of one that has it.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static void GiveName(string partial, string path)
    {
        File.Move(partial, path, overwrite: true);
        FlushDirectoryOf(path);
    }

    /// <summary>Flushes the directory of a file to disk, so that the name of a new file is on disk as well as its content.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void FlushDirectoryOf(string path) => DirectoryDisk.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Creates a directory that only its owner can enter, and those above it likewise; harmless where they exist.</summary>
    /// <exception cref="IOException">The directory cannot be created.</exception>
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

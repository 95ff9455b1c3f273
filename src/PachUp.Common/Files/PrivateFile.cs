namespace PachUp.Common.Files;

/// <summary>Files that only their owner can read, because they describe a whole cluster. A file gets its name when it is complete and on disk.</summary>
public static class PrivateFile
{
    private const string PartialSuffix = ".partial";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The name of a file until it is complete.</summary>
    public static string PartialName(string path) => path + PartialSuffix;

    /// <summary>Creates an empty file. It replaces an existing file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static DiskFile Create(string path)
    {
        // An existing file would keep its permissions.
        File.Delete(path);
        var options = Options(FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        options.Options = FileOptions.Asynchronous;
        return new DiskFile(path, options);
    }

    /// <summary>Opens a file for unbuffered writing. Others may read it at the same time.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static DiskFile Open(string path, FileMode mode) => new(path, Options(mode, FileAccess.Write, FileShare.Read));

    /// <summary>Options for a file without a buffer that only its owner can read.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Writes a whole file. After a crash there is either the old file or the new file.</summary>
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

    /// <summary>Writes a whole file piece by piece. If that fails, the partial file is removed.</summary>
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

    /// <summary>Copies a file. The copy gets its name when it is complete and on disk.</summary>
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

    /// <summary>Gives a complete file its final name. It replaces an existing file.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static void GiveName(string partial, string path)
    {
        File.Move(partial, path, overwrite: true);
        FlushDirectoryOf(path);
    }

    /// <summary>Flushes the directory of a file to disk, so that the name of a new file is also on disk.</summary>
    /// <exception cref="IOException">The directory cannot be flushed.</exception>
    public static void FlushDirectoryOf(string path) => DirectoryDisk.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Creates a directory and its missing parents. Only their owner can enter them.</summary>
    /// <exception cref="IOException">The directory cannot be created.</exception>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // .NET sets the mode only for the last directory.
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent && !Directory.Exists(parent))
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }
}

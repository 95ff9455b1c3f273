namespace PachUp.Pachyderm;

/// <summary>Files that hold other people's metadata: only their owner may read them, and they get their name when they are complete.</summary>
internal static class PrivateFile
{
    private const string PartialSuffix = ".partial";

    /// <summary>The name that a file has until it is complete.</summary>
    public static string PartialName(string path) => path + PartialSuffix;

    /// <summary>Creates an empty file, in place of one that is there. On Unix only its owner may read and write it.</summary>
    public static DiskFile Create(string path)
    {
        // A file that is there would keep the permissions that it has.
        File.Delete(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new DiskFile(path, options);
    }

    /// <summary>Writes a file whole; after a crash there is the old one, or none, or the new one.</summary>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, async file => await file.WriteAsync(content, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="WriteAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var partial = PartialName(path);
        try
        {
            await using (var file = Create(partial))
            {
                await write(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}

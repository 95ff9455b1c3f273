using System.Security.Cryptography;
using PachUp.Common.Disks;

namespace PachUp.Common.Files;

/// <summary>
/// Files that only their owner can read, because they describe a whole cluster. All files of PachUp are written here: no link is followed, and a file gets
/// its name when it is complete and on disk.
/// </summary>
/// <remarks>
/// <see cref="Replace"/> and <see cref="CopyAsync"/> are for directories that belong to PachUp alone, such as that of a run. Where other files may be, use
/// <see cref="ReplaceEarlier"/> or <see cref="NewFiles"/>, which never replace another file.
/// </remarks>
public static class PrivateFile
{
    private const string PartialSuffix = ".partial";
    private const int MarkDigits = 12;

    /// <summary>The name of a file until it is complete.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="mark">Tells the files of different writers from each other. It has no dot.</param>
    public static string PartialName(string path, string mark) => $"{path}.{mark}{PartialSuffix}";

    /// <summary>The incomplete files that will get a name.</summary>
    /// <param name="path">The final name.</param>
    public static IEnumerable<string> PartialsOf(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(file => IsPartialOf(Path.GetFileName(path), Path.GetFileName(file)))
            : [];

    /// <summary>Creates a file, which must not exist yet.</summary>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static DiskStream Create(string path) => Disk.CreateFile(Path.GetFullPath(path));

    /// <summary>Opens a file to append to it. Creates it if it is missing.</summary>
    /// <exception cref="IOException">The file is a link, or cannot be written.</exception>
    public static DiskStream OpenToAppend(string path)
    {
        var file = OpenOrCreate(Path.GetFullPath(path), isExclusive: false);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    /// <summary>
    /// Opens a file that one process at a time can open. Creates it if it is missing. The system closes it when the process ends for any reason.
    /// </summary>
    /// <exception cref="FileInUseException">Another process has it open.</exception>
    /// <exception cref="IOException">It is a link, or it cannot be written.</exception>
    public static DiskStream OpenExclusively(string path) => OpenOrCreate(Path.GetFullPath(path), isExclusive: true);

    /// <summary>Writes a whole file in a directory that belongs to PachUp. After a crash there is either the old file or the new file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="flushesName">Whether its name is on disk when this returns. Otherwise call <see cref="PrivateDirectory.Flush"/> before anything refers to it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool flushesName = true) =>
        Give(path, WrittenPartial(path, content), Disk.Replace, flushesName);

    /// <summary>Writes a whole file in a directory that belongs to PachUp.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        ReplaceAsync(path, async file => await file.WriteAsync(content, cancellationToken).ConfigureAwait(false));

    /// <summary>Writes a whole file piece by piece. If that fails, the partial file is removed.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task ReplaceAsync(string path, Func<Stream, Task> write)
    {
        var partial = NewPartialName(path);
        try
        {
            await using (var file = Disk.CreateFile(partial))
            {
                await write(file).ConfigureAwait(false);
                file.FlushToDisk();
            }
        }
        catch
        {
            TryRemove.File(partial);
            throw;
        }

        Give(path, partial, Disk.Replace);
    }

    /// <summary>
    /// Writes a whole file at a place that a user chose. Only an earlier file of the same kind is replaced.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="isEarlier">Whether the file that has the name is of that kind.</param>
    /// <param name="kind">The kind, with its article: <c>a saved plan</c>.</param>
    /// <exception cref="IOException">Another file has the name, or the file cannot be written.</exception>
    public static void ReplaceEarlier(string path, ReadOnlySpan<byte> content, Func<string, bool> isEarlier, string kind)
    {
        if (Disk.IsLink(path))
        {
            throw new IOException($"\"{path}\" is a link, and PachUp does not write through links");
        }

        if (Disk.Exists(path) && !isEarlier(path))
        {
            throw new IOException($"\"{path}\" exists and is not {kind}");
        }

        Give(path, WrittenPartial(path, content), (partial, full) =>
        {
            Disk.DeleteFile(full);
            Disk.Rename(partial, full);
        });
    }

    /// <summary>Copies a file into a directory that belongs to PachUp. The copy gets its name when it is complete and on disk.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = ReadFile.Open(from);
        await ReplaceAsync(to, copy => source.CopyToAsync(copy, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Deletes a file. Does nothing if there is none. A link is deleted, not the file that it leads to.</summary>
    /// <exception cref="IOException">The file cannot be deleted.</exception>
    public static void Delete(string path) => Disk.DeleteFile(Path.GetFullPath(path));

    /// <summary>Whether a name belongs to a link.</summary>
    public static bool IsLink(string path) => Disk.IsLink(path);

    private static bool IsPartialOf(string name, string file) =>
        file.Length > name.Length + PartialSuffix.Length
        && file.StartsWith(name + ".", StringComparison.Ordinal)
        && file.EndsWith(PartialSuffix, StringComparison.Ordinal)
        && !file.AsSpan()[(name.Length + 1)..^PartialSuffix.Length].Contains('.');

    private static DiskStream OpenOrCreate(string path, bool isExclusive)
    {
        if (!Disk.Exists(path))
        {
            TryCreate(path);
        }

        return Disk.OpenFile(path, isExclusive);
    }

    private static void TryCreate(string path)
    {
        try
        {
            Disk.CreateFile(path).Dispose();
            Disk.FlushDirectory(Path.GetDirectoryName(path)!);
        }
        catch (NameTakenException)
        {
            // Another process created it at the same time.
        }
    }

    private static string WrittenPartial(string path, ReadOnlySpan<byte> content)
    {
        var partial = NewPartialName(path);
        try
        {
            using var file = Disk.CreateFile(partial);
            file.Write(content);
            file.FlushToDisk();
        }
        catch
        {
            TryRemove.File(partial);
            throw;
        }

        return partial;
    }

    /// <summary>Nobody can guess the name, so nobody can put a link or a file there before.</summary>
    private static string NewPartialName(string path) =>
        PartialName(Path.GetFullPath(path), RandomNumberGenerator.GetHexString(MarkDigits, lowercase: true));

    private static void Give(string path, string partial, Action<string, string> rename, bool flushesName = true)
    {
        var full = Path.GetFullPath(path);
        try
        {
            rename(partial, full);
        }
        catch
        {
            TryRemove.File(partial);
            throw;
        }

        if (flushesName)
        {
            Disk.FlushDirectory(Path.GetDirectoryName(full)!);
        }
    }
}

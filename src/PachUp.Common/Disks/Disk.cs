namespace PachUp.Common.Disks;

/// <summary>
/// The changes on disk that everything else is made of. Each follows no link, and each fails with an <see cref="IOException"/> that names the file and
/// the cause. Paths are full paths.
/// </summary>
internal static class Disk
{
    /// <summary>The permissions of a file.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The permissions of a directory.</summary>
    public const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private static readonly AsyncLocal<IDiskWatch?> Watch = new();

    /// <summary>Whether something observes the changes of the current code.</summary>
    public static bool IsWatched => Watch.Value is not null;

    /// <summary>Observes the changes of the current code, and of the code that it calls, until the result is disposed.</summary>
    public static IDisposable Observe(IDiskWatch watch)
    {
        Watch.Value = watch;
        return new Observation();
    }

    /// <summary>Creates a file that does not exist yet. A link with that name counts as a file.</summary>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public static DiskStream CreateFile(string path) => Change(new DiskChange.FileCreated(path), () =>
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            return new DiskStream(path, MadePrivate(new FileStream(path, options)));
        }
        catch (IOException) when (Exists(path))
        {
            throw new NameTakenException(path);
        }
    });

    /// <summary>Opens an existing file to write, at its beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isExclusive">Whether no other process may have it open in this way at the same time.</param>
    /// <exception cref="FileInUseException">Another process has it open.</exception>
    /// <exception cref="IOException">It is a link, or cannot be opened.</exception>
    public static DiskStream OpenFile(string path, bool isExclusive = false) => Change(new DiskChange.FileOpened(path), () =>
    {
        ThrowIfLink(path);
        if (OperatingSystem.IsWindows())
        {
            return new DiskStream(path, OpenOnWindows(path, isExclusive ? FileShare.None : FileShare.Read));
        }

        var handle = UnixCalls.OpenWithoutFollowing(path);
        try
        {
            if (isExclusive && !UnixCalls.TryLock(handle))
            {
                throw new FileInUseException(path);
            }

            return new DiskStream(path, MadePrivate(new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0)));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    });

    /// <summary>Opens an existing file to read it, mostly from beginning to end.</summary>
    public static DiskReadStream OpenToRead(string path)
    {
        try
        {
            AnnounceRead(path);
            var options = new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan };
            return new DiskReadStream(path, new FileStream(path, options));
        }
        catch (Exception e) when (DiskFailure.OfReading(path, e) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Renames a file over another.</summary>
    public static void Replace(string from, string to) => Change(new DiskChange.Renamed(from, to), () => File.Move(from, to, overwrite: true));

    /// <summary>Renames a file, unless the new name is taken.</summary>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public static void Rename(string from, string to) => Change(new DiskChange.Renamed(from, to), () =>
    {
        if (OperatingSystem.IsWindows())
        {
            MoveOnWindows(from, to);
        }
        else
        {
            UnixCalls.RenameWithoutReplacing(from, to);
        }
    });

    /// <summary>Deletes a file, or the link with that name. Does nothing if there is none.</summary>
    public static void DeleteFile(string path)
    {
        if (Exists(path))
        {
            Change(new DiskChange.FileDeleted(path), () => File.Delete(path));
        }
    }

    /// <summary>Creates a directory. Its parent has to exist.</summary>
    public static void CreateDirectory(string path) => Change(new DiskChange.DirectoryCreated(path), () =>
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnlyDirectory);
        if (File.GetUnixFileMode(path) != OwnerOnlyDirectory)
        {
            File.SetUnixFileMode(path, OwnerOnlyDirectory);
        }
    });

    /// <summary>Renames a directory.</summary>
    public static void MoveDirectory(string from, string to) => Change(new DiskChange.Renamed(from, to), () => Directory.Move(from, to));

    /// <summary>Deletes a directory and everything in it.</summary>
    public static void DeleteDirectory(string path) => Change(new DiskChange.DirectoryDeleted(path), () => Directory.Delete(path, recursive: true));

    /// <summary>Flushes the names in a directory. On Windows this does nothing, because NTFS has its own journal for names.</summary>
    public static void FlushDirectory(string path) => Change(new DiskChange.DirectoryFlushed(path), () =>
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.FlushDirectory(path);
        }
    });

    /// <summary>Makes a change that a watch may prevent.</summary>
    /// <exception cref="IOException">The change failed.</exception>
    public static void Change(DiskChange change, Action make) => Change(change, () =>
    {
        make();
        return true;
    });

    /// <inheritdoc cref="Change(DiskChange, Action)"/>
    public static T Change<T>(DiskChange change, Func<T> make)
    {
        try
        {
            Announce(change);
            return make();
        }
        catch (Exception e) when (DiskFailure.Of(change, e) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Tells the watch about a change.</summary>
    public static void Announce(DiskChange change) => Watch.Value?.Changing(change);

    /// <summary>Tells the watch that something of a file is read.</summary>
    public static void AnnounceRead(string path) => Watch.Value?.Reading(path);

    /// <summary>Whether a name is taken, also by a link that leads nowhere.</summary>
    public static bool Exists(string path) => Path.Exists(path) || IsLink(path);

    /// <summary>Whether a name belongs to a link.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static void ThrowIfLink(string path)
    {
        if (IsLink(path))
        {
            throw new IOException($"\"{path}\" is a link, and PachUp does not write through links");
        }
    }

    /// <summary>Sets the permissions, whatever the umask is and whatever they were before.</summary>
    private static FileStream MadePrivate(FileStream file)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file.SafeFileHandle) != OwnerOnly)
            {
                File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Some file systems, such as FAT, have no permissions. There, the mount decides who may read.
        }

        return file;
    }

    private static FileStream OpenOnWindows(string path, FileShare share)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share, bufferSize: 0);
        }
        catch (IOException e) when (e.HResult == SharingViolation)
        {
            throw new FileInUseException(path);
        }
    }

    private static void MoveOnWindows(string from, string to)
    {
        try
        {
            File.Move(from, to);
        }
        catch (IOException) when (Exists(to))
        {
            throw new NameTakenException(to);
        }
    }

    private sealed class Observation : IDisposable
    {
        public void Dispose() => Watch.Value = null;
    }
}

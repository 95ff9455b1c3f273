using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Mono.Unix;
using Mono.Unix.Native;
using PachUp.Common.Files;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// A lock file that all users of a machine share, whatever their home and state directories are. The system releases it when the process ends for any
/// reason. Its content names the holder, and stays if the process was killed.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class MachineLock : IDisposable
{
    /// <summary>More than the description of a holder needs. Everybody can write the file while no run holds it.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>How often the file may vanish between opening and locking, because its holder has just ended, before that is an error.</summary>
    private const int Attempts = 100;

    private readonly FileStream _file;
    private readonly string _path;
    private LockHolder? _broken;

    private MachineLock(FileStream file, string path) => (_file, _path) = (file, path);

    /// <exception cref="ClusterLockedException">Another run holds the lock.</exception>
    /// <exception cref="LockPlaceException">The directory or the file cannot be trusted or written.</exception>
    public static MachineLock Take(string directory, string clusterId, LockHolder holder, LockPolicy policy)
    {
        LockPlaceException.ThrowUnlessTrusted(directory);
        var path = PathOf(directory, clusterId);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryLock(path) is { } file)
            {
                return Begin(new MachineLock(file, path), holder, policy);
            }
        }

        throw LockPlaceException.Of(path, "it changes all the time");
    }

    /// <summary>Empties and removes the file, and then releases it. The file of another user cannot be removed; it stays, empty.</summary>
    public void Dispose()
    {
        try
        {
            _file.SetLength(0);
        }
        catch (IOException)
        {
            // The next run reads that this process has ended.
        }

        TryRemove.File(_path);
        _file.Dispose();
    }

    /// <summary>Releases the file, and leaves the name of its holder in it: its run did not end.</summary>
    public void Leave() => _file.Dispose();

    /// <summary>Writes the holder into the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Update(LockHolder holder)
    {
        _file.SetLength(0);
        _file.Position = 0;
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(holder, JsonFile.Options));
    }

    /// <summary>Releases the file, and names the holder in it again whose lock was broken, if there is one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void PutBack()
    {
        if (_broken is null)
        {
            Dispose();
            return;
        }

        using (_file)
        {
            Update(_broken);
        }
    }

    /// <summary>The run that is named in a lock; null if there is none. It may have ended.</summary>
    public static LockHolder? Find(string directory, string clusterId)
    {
        const OpenFlags Flags = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_CLOEXEC;
        var path = PathOf(directory, clusterId);
        var descriptor = Syscall.open(path, Flags);
        if (descriptor < 0)
        {
            return null;
        }

        using var file = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        ThrowUnlessPlainFile(file.SafeFileHandle, path);
        return ReadHolder(file);
    }

    private static MachineLock Begin(MachineLock taken, LockHolder holder, LockPolicy policy)
    {
        try
        {
            if (ReadHolder(taken._file) is { } before && policy.TakeOver(before, $"\"{taken._path}\"", LockHolderState.Gone))
            {
                taken._broken = before;
            }

            taken.Update(holder);
            return taken;
        }
        catch (IOException e)
        {
            taken._file.Dispose();
            throw LockPlaceException.Of(taken._path, e.Message);
        }
        catch (ClusterLockedException)
        {
            taken._file.Dispose();
            throw;
        }
    }

    private static string PathOf(string directory, string clusterId) => Path.Combine(directory, $"pachup-{FileNames.Of(clusterId)}.lock");

    /// <returns>The locked file; null if it was removed before it could be locked.</returns>
    private static FileStream? TryLock(string path)
    {
        var handle = Open(path);
        if (handle is null)
        {
            return null;
        }

        var file = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
        try
        {
            ThrowUnlessPlainFile(handle, path);
            if (Lock(handle, ExclusiveWithoutWaiting) != 0)
            {
                throw ClusterLockedException.Of(ReadHolder(file), $"\"{path}\"", LockHolderState.Lives);
            }

            if (IsStillAt(path, handle))
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the file, or creates it so that other users can open it. It is opened before it is created, because Linux lets nobody create a file that
    /// another user has in a directory like <c>/tmp</c>.
    /// </summary>
    /// <returns>The file; null if it was created or removed by another process at the same time.</returns>
    private static SafeFileHandle? Open(string path)
    {
        const OpenFlags Flags = OpenFlags.O_RDWR | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_CLOEXEC;
        const FilePermissions ForAll = FilePermissions.DEFFILEMODE;
        var descriptor = Syscall.open(path, Flags);
        if (descriptor < 0 && Stdlib.GetLastError() == Errno.ENOENT)
        {
            descriptor = Syscall.open(path, Flags | OpenFlags.O_CREAT | OpenFlags.O_EXCL, ForAll);
            if (descriptor < 0 && Stdlib.GetLastError() == Errno.EEXIST)
            {
                return null;
            }

            if (descriptor >= 0)
            {
                // The umask may have taken permissions away.
                _ = Syscall.fchmod(descriptor, ForAll);
            }
        }

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw LockPlaceException.Of(path, UnixMarshal.GetErrorDescription(Stdlib.GetLastError()));
    }

    // What another user has put there, such as a second name of one of our files, must not be written.
    private static void ThrowUnlessPlainFile(SafeFileHandle file, string path)
    {
        if (StatusOf(file) is not { } status || (status.st_mode & FilePermissions.S_IFMT) != FilePermissions.S_IFREG || status.st_nlink > 1)
        {
            throw LockPlaceException.Of(path, "it is not a plain file with one name");
        }
    }

    private static bool IsStillAt(string path, SafeFileHandle file) =>
        Syscall.lstat(path, out var there) == 0 && StatusOf(file) is { } ours && there.st_ino == ours.st_ino && there.st_dev == ours.st_dev;

    private static Stat? StatusOf(SafeFileHandle file) => Syscall.fstat((int)file.DangerousGetHandle(), out var status) == 0 ? status : null;

    private static LockHolder? ReadHolder(FileStream file)
    {
        try
        {
            file.Position = 0;
            var content = new byte[MostBytes];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return JsonSerializer.Deserialize<LockHolder>(content.AsSpan(0, length), JsonFile.Options);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private const int ExclusiveWithoutWaiting = 2 | 4;

    // .NET locks a file only against opening it, and then nobody could read who holds it.
    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(SafeFileHandle file, int operation);
}

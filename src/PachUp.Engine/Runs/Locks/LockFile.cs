using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// A lock file that one process holds open. The system releases it when the process ends for any reason. A second file names the holder. On file
/// systems that cannot lock files, the second file is the lock.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private const string HolderEnding = ".holder.json";

    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly DiskStream _file;
    private readonly string _holderPath;
    private readonly LockHolder? _broken;

    private LockFile(DiskStream file, string holderPath, LockHolder? broken) => (_file, _holderPath, _broken) = (file, holderPath, broken);

    /// <exception cref="ClusterLockedException">Another run holds the lock.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static LockFile Take(string directory, string clusterId, LockHolder holder, LockPolicy policy)
    {
        PrivateDirectory.Create(directory);
        var name = NameOf(directory, clusterId);
        var (path, holderPath) = (name + ".lock", name + HolderEnding);
        var file = Open(path, holderPath);
        try
        {
            var before = ReadHolder(holderPath);
            var isBroken = before is not null && policy.TakeOver(before, $"\"{path}\"");
            WriteHolder(holderPath, holder);
            return new LockFile(file, holderPath, isBroken ? before : null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        TryRemove.File(_holderPath);
        _file.Dispose();
    }

    /// <summary>Lets go of the file, and leaves the name of its holder: its run did not end.</summary>
    public void Leave() => _file.Dispose();

    /// <summary>Writes what has changed about the holder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Update(LockHolder holder) => JsonFile.Write(_holderPath, holder);

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
            JsonFile.Write(_holderPath, _broken);
        }
    }

    /// <summary>The holder of a lock; null if there is none. It may have ended.</summary>
    public static LockHolder? Find(string directory, string clusterId) => ReadHolder(NameOf(directory, clusterId) + HolderEnding);

    private static string NameOf(string directory, string clusterId) => Path.Combine(directory, FileNames.Of(clusterId));

    /// <summary>
    /// Opens the file. If it is in use without a holder, tries again for a second: a program that another thread is starting has a copy of every open file
    /// for a moment, also of a lock that was just released.
    /// </summary>
    private static DiskStream Open(string path, string holderPath)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return PrivateFile.OpenExclusively(path);
            }
            catch (FileInUseException)
            {
                var holder = ReadHolder(holderPath);
                if (holder is not null || attempt == Attempts)
                {
                    throw ClusterLockedException.Of(holder, $"\"{path}\"", LockHolderState.Lives);
                }

                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Names the holder, or leaves none: a name without the lock would keep others out.</summary>
    private static void WriteHolder(string path, LockHolder holder)
    {
        try
        {
            JsonFile.Write(path, holder);
        }
        catch
        {
            TryRemove.File(path);
            throw;
        }
    }

    /// <summary>Reads the holder. An unreadable file was left by a crash of the machine, so there is no holder.</summary>
    private static LockHolder? ReadHolder(string path)
    {
        try
        {
            return JsonFile.TryRead<LockHolder>(path);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

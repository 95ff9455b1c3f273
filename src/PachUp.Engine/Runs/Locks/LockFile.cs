using PachUp.Common.Files;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// A file that one process holds open: the system gives it back when the process ends, however it ends. Beside it lies who holds it, which also
/// serves as the lock where a file system does not know how to lock files.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _holderPath;

    private LockFile(FileStream file, string holderPath) => (_file, _holderPath) = (file, holderPath);

    /// <exception cref="ClusterLockedException">Somebody else has it.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static LockFile Take(string directory, string clusterId, LockHolder holder, LockPolicy policy)
    {
        PrivateFile.CreateDirectory(directory);
        var name = Path.Combine(directory, FileNames.Of(clusterId));
        var (path, holderPath) = (name + ".lock", name + ".holder.json");
        var file = Open(path, holderPath);
        try
        {
            if (ReadHolder(holderPath) is { } before)
            {
                policy.TakeOver(before, $"\"{path}\"");
            }

            JsonFile.Write(holderPath, holder);
            return new LockFile(file, holderPath);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Leftovers.RemoveFile(_holderPath);
        _file.Dispose();
    }

    private static FileStream Open(string path, string holderPath)
    {
        try
        {
            return new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw ClusterLockedException.Of(ReadHolder(holderPath), $"\"{path}\"", HolderState.Lives);
        }
    }

    /// <summary>A holder that cannot be read was torn by a crash of the machine: nobody holds anything any more then.</summary>
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

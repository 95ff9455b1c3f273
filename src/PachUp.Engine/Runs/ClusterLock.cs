using System.Globalization;
using System.Text;

namespace PachUp.Engine.Runs;

/// <summary>A file that one process holds open. The system gives it back when the process ends, however it ends, so no lock is ever stale.</summary>
internal sealed class ClusterLock : IDisposable
{
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    public static ClusterLock Take(string path, string runId)
    {
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            var holder = string.Create(CultureInfo.InvariantCulture, $"run {runId}, process {Environment.ProcessId} on {Environment.MachineName}");
            file.Write(Encoding.UTF8.GetBytes(holder));
            file.Flush(flushToDisk: true);
            return new ClusterLock(file);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new ClusterLockedException($"another run is working on this cluster (lock file \"{path}\")", e);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Another run is working on the cluster.</summary>
/// <param name="message">Which lock is held.</param>
/// <param name="innerException">What the system said.</param>
public sealed class ClusterLockedException(string message, Exception? innerException = null) : Exception(message, innerException);

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PachUp.Common.Files;

/// <summary>Flushes directories to disk. After a power cut, a file exists only if its directory was flushed. .NET has no method for this.</summary>
public static class DirectoryDisk
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a directory. On Windows this does nothing, because NTFS has its own journal for names.</summary>
    /// <exception cref="IOException">The directory cannot be flushed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(directory, ReadOnly);
        if (handle.IsInvalid)
        {
            throw new IOException($"the directory \"{directory}\" cannot be opened to flush it to disk (system error {Marshal.GetLastPInvokeError()})");
        }

        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern SafeFileHandle Open(string path, int flags);
}

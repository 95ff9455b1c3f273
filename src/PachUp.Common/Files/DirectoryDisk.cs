using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PachUp.Common.Files;

/// <summary>Flushes directories to disk: after a power cut a file is only there when the directory that names it is. .NET has no call for it.</summary>
public static class DirectoryDisk
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a directory. Windows needs none of it: NTFS writes names in the order of its own journal.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(directory, ReadOnly);
        if (handle.IsInvalid)
        {
            throw new IOException($"the directory \"{directory}\" cannot be opened to flush it to disk (error {Marshal.GetLastPInvokeError()})");
        }

        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern SafeFileHandle Open(string path, int flags);
}

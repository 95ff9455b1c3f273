using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PachUp.Sandbox.Server.Data;

/// <summary>Puts the names of files on disk. .NET flushes what is in files, and opens no directories to flush the names in them.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Returns when the names that a directory holds are on disk. Windows sees to that by itself.</summary>
    /// <exception cref="IOException">They cannot be put there.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;

        using var handle = new SafeFileHandle(NativeMethods.Open(directory, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException($"\"{directory}\" cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");

        RandomAccess.FlushToDisk(handle);
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(string path, int flags);
    }
}

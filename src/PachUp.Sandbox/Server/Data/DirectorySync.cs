using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PachUp.Sandbox.Server.Data;

/// <summary>Flushes the names of files to disk. .NET can flush the content of files, but not the directory with their names.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the names in a directory to disk. Windows does this by itself.</summary>
    /// <exception cref="IOException">They cannot be flushed.</exception>
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

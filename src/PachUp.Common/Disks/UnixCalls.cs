using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PachUp.Common.Disks;

/// <summary>Calls of the system for files that .NET has no method for, on Linux and macOS.</summary>
internal static class UnixCalls
{
    private const int CurrentDirectory = -100;
    private const uint NoReplace = 1;
    private const uint NoReplaceOnMac = 4;
    private const int ExclusiveWithoutWaiting = 2 | 4;
    private const int ReadOnly = 0;
    private const int ReadAndWrite = 2;

    private const int NotPermitted = 1;
    private const int NameTaken = 17;
    private const int NotKnown = 22;

    private static readonly bool IsMac = OperatingSystem.IsMacOS();

    private static readonly int NoCall = IsMac ? 78 : 38;
    private static readonly int NotSupported = IsMac ? 45 : 95;
    private static readonly int WouldWait = IsMac ? 35 : 11;

    /// <summary>Not to follow a link at the end of the path, and to close the file in child processes. The bits depend on system and processor.</summary>
    private static readonly int WithoutFollowing = IsMac ? 0x100 | 0x1000000
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le ? 0x8000 | 0x80000
        : 0x20000 | 0x80000;

    /// <summary>Opens an existing file to read and write. A link is an error.</summary>
    public static SafeFileHandle OpenWithoutFollowing(string path) => Opened(path, ReadAndWrite | WithoutFollowing);

    /// <summary>Locks an open file, as .NET does for files that are not shared. File systems that have no locks are ignored.</summary>
    /// <returns>False if another process has locked it.</returns>
    public static bool TryLock(SafeFileHandle file) => Lock(file, ExclusiveWithoutWaiting) == 0 || Marshal.GetLastPInvokeError() != WouldWait;

    /// <summary>Flushes the names in a directory.</summary>
    public static void FlushDirectory(string path)
    {
        using var directory = Opened(path, ReadOnly);
        RandomAccess.FlushToDisk(directory);
    }

    /// <summary>Renames a file, unless the new name is taken.</summary>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    public static void RenameWithoutReplacing(string from, string to)
    {
        if (!TryRename(from, to) && !TryLink(from, to))
        {
            ReserveAndRename(from, to);
        }
    }

    /// <summary>Renames in one call.</summary>
    /// <returns>False if the system or the file system does not have it.</returns>
    public static bool TryRename(string from, string to)
    {
        try
        {
            var result = IsMac ? RenameOnMac(from, to, NoReplaceOnMac) : RenameOnLinux(CurrentDirectory, from, CurrentDirectory, to, NoReplace);
            return result == 0 || ThrowUnless(to, NotKnown, NoCall, NotSupported);
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library.
            return false;
        }
    }

    /// <summary>Gives the file a second name and removes the first.</summary>
    /// <returns>False if the file system has no second names.</returns>
    public static bool TryLink(string from, string to)
    {
        if (Link(from, to) != 0)
        {
            return ThrowUnless(to, NotPermitted, NoCall, NotSupported);
        }

        File.Delete(from);
        return true;
    }

    /// <summary>Creates an empty file with the name, which fails if the name is taken, and replaces it.</summary>
    public static void ReserveAndRename(string from, string to)
    {
        Disk.CreateFile(to).Dispose();
        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch
        {
            File.Delete(to);
            throw;
        }
    }

    private static SafeFileHandle Opened(string path, int flags)
    {
        var handle = Open(path, flags);
        if (handle.IsInvalid)
        {
            var failure = Failure();
            handle.Dispose();
            throw failure;
        }

        return handle;
    }

    private static bool ThrowUnless(string name, params ReadOnlySpan<int> expected)
    {
        var error = Marshal.GetLastPInvokeError();
        return expected.Contains(error) ? false : throw (error == NameTaken ? new NameTakenException(name) : Failure());
    }

    private static IOException Failure() => new(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern SafeFileHandle Open(string path, int flags);

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int RenameOnLinux(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [DllImport("libc", EntryPoint = "renamex_np", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int RenameOnMac(string from, string to, uint flags);

    [DllImport("libc", EntryPoint = "link", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Link(string from, string to);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Lock(SafeFileHandle file, int operation);
}

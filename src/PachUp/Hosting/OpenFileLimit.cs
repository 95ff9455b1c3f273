using System.Runtime.InteropServices;
using System.Text;
using PachUp.Common.Files;

namespace PachUp.Hosting;

/// <summary>
/// Checks how many files the process may open. With too few it would fail at any point, for example in the middle of a run, and with a message
/// about something else. So the check runs first, and its message needs no other assembly.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>The number of open files that PachUp needs: a run in the sandbox, with every assembly loaded, has about 280 open.</summary>
    private const ulong Needed = 512;

    private const int OpenFilesOnLinux = 7;
    private const int OpenFilesOnMac = 8;
    private const int StandardError = 2;

    /// <summary>Whether the process may open enough files; if not, writes a message to standard error.</summary>
    public static bool IsSufficient()
    {
        if (OperatingSystem.IsWindows() || GetLimit(OperatingSystem.IsMacOS() ? OpenFilesOnMac : OpenFilesOnLinux, out var limit) != 0 || limit.Current >= Needed)
        {
            return true;
        }

        var message = Encoding.UTF8.GetBytes(
            $"""
            Error: PachUp needs to open {Needed} files, and this process may open {limit.Current}. Nothing was
                   changed.
            What to do: {OpenFiles.Remedy}, and run the command again.

            """);
        _ = Write(StandardError, message, message.Length);
        return false;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int descriptor, byte[] content, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly ulong Current;
        public readonly ulong Maximum;
    }
}

using System.Runtime.InteropServices;
using System.Text;
using PachUp.Common.Files;

namespace PachUp.Hosting;

/// <summary>
/// How many files the process may open. With too few it would fail anywhere, in the middle of a run or while it loads a part of itself, and with words
/// about something else. So it is asked before anything is loaded, and told without the help of anything that is.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>What PachUp needs: a run in the sandbox, with every assembly loaded, has about 280 open.</summary>
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

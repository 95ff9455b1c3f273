using System.Runtime.InteropServices;

namespace PachUp.Cli.Terminals;

/// <summary>The standard output of the process, as the system sees it.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const short Error = 0x8;
    private const short HungUp = 0x10;

    /// <summary>
    /// Whether the program that read it has ended, as <c>head</c> does after some lines. .NET ignores the signal of the system (SIGPIPE) and drops what is
    /// written then, so the work goes on.
    /// </summary>
    public static bool IsClosedByReader()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var asked = new Poll { Descriptor = Descriptor };
        return Ask(ref asked, 1, 0) > 0 && (asked.Happened & (Error | HungUp)) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Ask(ref Poll asked, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Awaited;
        public short Happened;
    }
}

using System.Runtime.InteropServices;
using System.Text;

namespace PachUp.Hosting;

/// <summary>
/// Ensures that standard input, output and error are open. If a shell or a service closed one (<c>2&gt;&amp;-</c>), the next file that the process
/// opens gets its number, and messages would be written into that file: a journal, a connection, a database.
/// </summary>
internal static class StandardDescriptors
{
    private const int Count = 3;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int ReadAndWrite = 2;
    private const string CommandLineFile = "/proc/self/cmdline";

    /// <summary>
    /// If one is closed, starts the process again with <c>/dev/null</c> in its place. The runtime already uses the number for its own file, so
    /// nothing else works. A descriptor that the process inherited has no close-on-exec flag.
    /// </summary>
    public static void EnsureOpen()
    {
        if (!OperatingSystem.IsLinux() || Enumerable.Range(0, Count).All(IsInherited) || !File.Exists(CommandLineFile))
        {
            return;
        }

        var commandLine = Encoding.UTF8.GetString(File.ReadAllBytes(CommandLineFile)).TrimEnd('\0').Split('\0');
        var nothing = Open("/dev/null", ReadAndWrite);
        foreach (var descriptor in Enumerable.Range(0, Count).Where(descriptor => !IsInherited(descriptor)))
        {
            _ = Duplicate(nothing, descriptor);
        }

        // If it fails, the process continues with all three open.
        _ = Execute("/proc/self/exe", [.. commandLine, null]);
    }

    private static bool IsInherited(int descriptor) => Flags(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Flags(int descriptor, int command);

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "execv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Execute(string path, string?[] arguments);
}

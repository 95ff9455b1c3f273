using System.Globalization;

namespace PachUp.EndToEnd.Tests.CommandLine;

internal static class Signals
{
    /// <summary>
    /// Asks a process to end, like the first Ctrl+C. The tool handles SIGTERM in the same way. SIGINT is not used, because processes that a shell starts in
    /// the background ignore it.
    /// </summary>
    public static Task InterruptAsync(int processId) => SendAsync("-TERM", processId);

    /// <summary>Tells a process that its terminal was closed.</summary>
    public static Task HangUpAsync(int processId) => SendAsync("-HUP", processId);

    /// <summary>Kills a process.</summary>
    public static Task KillAsync(int processId) => SendAsync("-KILL", processId);

    /// <summary>Freezes a process.</summary>
    public static Task FreezeAsync(int processId) => SendAsync("-STOP", processId);

    /// <summary>Lets a frozen process go on.</summary>
    public static Task ContinueAsync(int processId) => SendAsync("-CONT", processId);

    private static async Task SendAsync(string signal, int processId) =>
        await CliWrap.Cli.Wrap("kill").WithArguments([signal, processId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync();
}

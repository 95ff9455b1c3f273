using System.Globalization;
using CliWrap;

namespace PachUp.EndToEnd.Tests.CommandLine;

internal static class Signals
{
    /// <summary>
    /// Asks a process to end, as the first Ctrl+C does. SIGTERM means the same to the tool, and reaches it also where a script has started these
    /// tests in the background: shells let such processes ignore SIGINT.
    /// </summary>
    public static Task InterruptAsync(int processId) => SendAsync("-TERM", processId);

    /// <summary>Ends a process at once: nothing in it runs any more.</summary>
    public static Task KillAsync(int processId) => SendAsync("-KILL", processId);

    private static async Task SendAsync(string signal, int processId) =>
        await CliWrap.Cli.Wrap("kill").WithArguments([signal, processId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync();
}

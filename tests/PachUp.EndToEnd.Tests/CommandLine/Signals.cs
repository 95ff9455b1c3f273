using System.Globalization;
using CliWrap;

namespace PachUp.EndToEnd.Tests.CommandLine;

internal static class Signals
{
    /// <summary>
    /// Asks a process to end, as the first Ctrl+C does. SIGTERM means the same to the tool, and reaches it also where a script has started these
    /// tests in the background: shells let such processes ignore SIGINT.
    /// </summary>
    public static async Task InterruptAsync(int processId) =>
        await Cli.Wrap("kill").WithArguments(["-TERM", processId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync();
}

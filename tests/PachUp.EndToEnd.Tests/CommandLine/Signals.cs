using System.Globalization;
using CliWrap;

namespace PachUp.EndToEnd.Tests.CommandLine;

internal static class Signals
{
    /// <summary>Does to a process what Ctrl+C does.</summary>
    public static async Task InterruptAsync(int processId) =>
        await Cli.Wrap("kill").WithArguments(["-INT", processId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync();
}

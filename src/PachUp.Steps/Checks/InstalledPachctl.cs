using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;

namespace PachUp.Steps.Checks;

/// <summary>Finds the pachctl that is first in <c>PATH</c> on this machine.</summary>
internal static partial class InstalledPachctl
{
    private const string Program = "pachctl";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The release of that pachctl; null if there is none or it does not answer. This asks no cluster.</summary>
    /// <param name="path">The folders to look in, in the format of <c>PATH</c>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<Release?> FindAsync(string? path, CancellationToken cancellationToken)
    {
        var file = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, Program), Path.Combine(folder, Program + ".exe") })
            .FirstOrDefault(File.Exists);
        return file is null ? null : ReleaseIn(await TryAskAsync(file, cancellationToken));
    }

    /// <summary>The first release in the output of <c>pachctl version</c>, which is a table with a heading.</summary>
    internal static Release? ReleaseIn(string text) =>
        ReleaseText().Match(text) is { Success: true } match && Release.TryParse(match.Value, out var release) ? release : null;

    private static async Task<string> TryAskAsync(string file, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        var start = new ProcessStartInfo(file, ["version", "--client-only"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                return await process.StandardOutput.ReadToEndAsync(timeout.Token);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or OperationCanceledException)
        {
            // A pachctl that does not start or does not answer counts as none. A real request to stop is passed on.
            cancellationToken.ThrowIfCancellationRequested();
            return "";
        }
    }

    [GeneratedRegex(@"\b\d+\.\d+\.\d+[0-9A-Za-z.+-]*")]
    private static partial Regex ReleaseText();
}

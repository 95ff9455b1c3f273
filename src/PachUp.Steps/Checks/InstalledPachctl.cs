using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;

namespace PachUp.Steps.Checks;

/// <summary>The pachctl that people of this machine get when they type its name.</summary>
internal static partial class InstalledPachctl
{
    private const string Program = "pachctl";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Its release, which it says without asking a cluster; null where there is none, or it does not say.</summary>
    /// <param name="path">The folders to look in, as <c>PATH</c> has them.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public static async Task<Release?> FindAsync(string? path, CancellationToken cancellationToken)
    {
        var file = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, Program), Path.Combine(folder, Program + ".exe") })
            .FirstOrDefault(File.Exists);
        return file is null ? null : ReleaseIn(await TryAskAsync(file, cancellationToken));
    }

    /// <summary>The first release in what <c>pachctl version</c> prints: a table with a heading.</summary>
    internal static Release? ReleaseIn(string text) =>
        ReleaseText().Match(text) is { Success: true } match && Release.TryParse(match.Value, out var release) ? release : null;

    private static async Task<string> TryAskAsync(string file, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var start = new ProcessStartInfo(file, ["version", "--client-only"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                return await process.StandardOutput.ReadToEndAsync(patience.Token);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or OperationCanceledException)
        {
            // One that cannot be started, or does not answer, is as good as none; a real request to stop goes on as such.
            cancellationToken.ThrowIfCancellationRequested();
            return "";
        }
    }

    [GeneratedRegex(@"\b\d+\.\d+\.\d+[0-9A-Za-z.+-]*")]
    private static partial Regex ReleaseText();
}

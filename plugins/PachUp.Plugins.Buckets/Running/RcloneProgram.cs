using System.Text.RegularExpressions;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Running;

/// <summary>The rclone of this machine.</summary>
/// <param name="File">The program.</param>
/// <param name="Version">Its version.</param>
internal sealed partial record RcloneProgram(string File, Version Version)
{
    /// <summary>The oldest version that the steps were tried with.</summary>
    public static Version Oldest { get; } = new(1, 60);

    /// <summary>How to install it.</summary>
    public const string Installation =
        "Install it: \"apt-get install rclone\" (Debian 12, Ubuntu 24.04), \"brew install rclone\" (macOS), \"winget install Rclone.Rclone\" (Windows), or see https://rclone.org/install.";

    /// <summary>Finds it in a list of folders.</summary>
    /// <param name="path">The folders, in the format of <c>PATH</c>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="StepFailedException">There is none, or it is too old; this is a refusal.</exception>
    public static async Task<RcloneProgram> FindAsync(string? path, CancellationToken cancellationToken)
    {
        var file = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, "rclone"), Path.Combine(folder, "rclone.exe") })
            .FirstOrDefault(System.IO.File.Exists)
            ?? throw StepFailedException.Refused("this machine has no rclone, which copies buckets for PachUp", Installation);
        var version = await AskVersionAsync(file, cancellationToken)
            ?? throw StepFailedException.Refused($"{file} does not tell its version", Installation);
        return version >= Oldest
            ? new RcloneProgram(file, version)
            : throw StepFailedException.Refused($"{file} has version {version}; PachUp needs {Oldest} or later", Installation);
    }

    /// <summary>Finds it in the <c>PATH</c> of this process.</summary>
    public static Task<RcloneProgram> FindAsync(CancellationToken cancellationToken) => FindAsync(Environment.GetEnvironmentVariable("PATH"), cancellationToken);

    /// <summary>The version in the output of <c>rclone version</c>; null if it contains none.</summary>
    internal static Version? VersionIn(string text) => VersionText().Match(text) is { Success: true } match ? Version.Parse(match.Groups[1].Value) : null;

    private static async Task<Version?> AskVersionAsync(string file, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        await new RcloneProcess(file, []).RunAsync(["version"], output.Add, _ => { }, cancellationToken);
        return VersionIn(string.Join('\n', output));
    }

    [GeneratedRegex(@"rclone v(\d+\.\d+(\.\d+)?)")]
    private static partial Regex VersionText();
}

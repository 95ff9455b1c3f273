using System.Runtime.InteropServices;

namespace PachUp.Packages.Contents;

/// <summary>The folders below <c>runtimes</c> in a package that match this machine, the most specific first.</summary>
internal static class RuntimeFolders
{
    private static readonly string[] SystemNames =
        OperatingSystem.IsWindows() ? ["win"]
        : OperatingSystem.IsMacOS() ? ["osx", "unix"]
        : IsMusl ? ["linux-musl", "linux", "unix"]
        : ["linux", "unix"];

    /// <summary>Their names, such as <c>linux-x64</c>, <c>linux</c>, <c>unix-x64</c>, <c>unix</c>, <c>any</c>.</summary>
    public static IReadOnlyList<string> Fitting { get; } =
    [
        .. new[] { RuntimeInformation.RuntimeIdentifier }
            .Concat(SystemNames.SelectMany(system => new[] { $"{system}-{Architecture}", system }))
            .Append("any")
            .Distinct(),
    ];

    private static bool IsMusl => RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
}

using System.Reflection;

namespace PachUp.Cli;

/// <summary>The version of this tool.</summary>
internal static class ToolVersion
{
    private const int ShortCommit = 7;

    private static readonly Assembly Tool = typeof(ToolVersion).Assembly;

    private static readonly string Informational = Tool.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = Informational.Split('+')[0];

    /// <summary>With the commit and its date: see <see cref="Describe"/>.</summary>
    public static string Description =>
        Describe(Informational, Tool.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == "CommitDate")?.Value);

    /// <summary>Such as <c>pachup 0.1.0 (1234abc, 2026-11-30)</c>, or <c>pachup 0.1.0</c> for a build outside a git repository.</summary>
    /// <param name="informationalVersion">The version, and after a plus sign the hash of the commit if it is known.</param>
    /// <param name="commitDate">The date of the commit, as year-month-day; null if it is not known.</param>
    public static string Describe(string informationalVersion, string? commitDate)
    {
        var (version, commit) = informationalVersion.Split('+', 2) is [var before, var after] ? (before, after) : (informationalVersion, "");
        var facts = new[] { commit[..Math.Min(commit.Length, ShortCommit)], commitDate }.Where(fact => !string.IsNullOrEmpty(fact));
        return commit.Length == 0 ? $"pachup {version}" : $"pachup {version} ({string.Join(", ", facts)})";
    }
}

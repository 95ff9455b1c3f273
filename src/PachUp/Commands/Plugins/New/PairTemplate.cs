using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PachUp.Cli;
using PachUp.Pachyderm;
using PachUp.Sandbox;

namespace PachUp.Commands.Plugins.New;

/// <summary>The source of a plugin for a pair of lines. The template in the folder of the tool is a complete plugin for 1.8 to 1.10.</summary>
/// <param name="name">The name of the plugin.</param>
/// <param name="from">The line of the source.</param>
/// <param name="to">The line of the target.</param>
internal sealed partial class PairTemplate(string name, ReleaseLine from, ReleaseLine to)
{
    private const string TemplateName = "Acme.Pair";

    /// <summary>The name of <c>.gitignore</c> in the template: NuGet packages do not contain files whose name begins with a dot.</summary>
    private const string IgnoreFile = "gitignore";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "templates", "pachup-pair");

    /// <summary>The line that has no sandbox, so that the plugin cannot be tried without a cluster of it; null if both have one.</summary>
    public ReleaseLine? WithoutSandbox => !HasSandbox(from) ? from : !HasSandbox(to) ? to : null;

    /// <summary>The name of the plugin.</summary>
    public string Name => name;

    /// <summary>The files, relative to the folder of the plugin.</summary>
    public ImmutableArray<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => PathIn(Folder, file, name, from, to))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The default name, such as <c>Pachyderm110To111</c>.</summary>
    public static string DefaultName(ReleaseLine from, ReleaseLine to) => $"Pachyderm{PairOf(from, to)}";

    /// <summary>Whether a plugin's assembly and namespace can have the name.</summary>
    public static bool IsName(string name) => Names().IsMatch(name);

    /// <summary>Writes the plugin into a new folder that has its name.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="UsageException">The folder already exists.</exception>
    public string WriteTo(string parent)
    {
        var target = Path.Combine(parent, name);
        if (Path.Exists(target))
        {
            throw new UsageException($"\"{target}\" exists already", "Choose another name, or another directory.");
        }

        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, PathIn(Folder, file, name, from, to));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Fill(File.ReadAllText(file), name, from, to));
        }

        return target;
    }

    private static string PathIn(string folder, string file, string name, ReleaseLine from, ReleaseLine to) =>
        Path.GetRelativePath(folder, file) is var path && path == IgnoreFile ? $".{IgnoreFile}" : Fill(path, name, from, to);

    private static string Fill(string text, string name, ReleaseLine from, ReleaseLine to)
    {
        text = text
            .Replace("PACHUP_SDK_VERSION", ToolVersion.Text, StringComparison.Ordinal)
            .Replace(TemplateName, name, StringComparison.Ordinal)
            .Replace("acme-pair", name.Replace('.', '-').ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("18To110", PairOf(from, to), StringComparison.Ordinal);
        return LinesOfTemplate().Replace(text, found => found.Value switch
        {
            "1.8.0" => OldestOf(from).ToString(),
            "1.10.0" => OldestOf(to).ToString(),
            "1.8" => from.ToString(),
            "1.10" => to.ToString(),
            "1, 8" => $"{from.Major}, {from.Minor}",
            _ => $"{to.Major}, {to.Minor}",
        });
    }

    private static string PairOf(ReleaseLine from, ReleaseLine to) => $"{from.Major}{from.Minor}To{to.Major}{to.Minor}";

    private static bool HasSandbox(ReleaseLine line) => SandboxReleases.StandInFor(OldestOf(line)) is not null;

    /// <summary>
    /// The oldest release of a line that has a sandbox, so that the plugin can be tried at once; else the first release of the line. Authors change it to the
    /// oldest release that can be migrated.
    /// </summary>
    private static Release OldestOf(ReleaseLine line) => SandboxReleases.All.FirstOrDefault(release => release.Line == line) ?? new Release(line.Major, line.Minor, 0);

    /// <summary>Replaces the two lines and their releases in one pass, so that a replaced line is not replaced again.</summary>
    [GeneratedRegex(@"(?<![\d.])1(?:\.|, )(?:8|10)(?:\.0)?(?![\d.]*\d)")]
    private static partial Regex LinesOfTemplate();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$")]
    private static partial Regex Names();
}

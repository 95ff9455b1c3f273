using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PachUp.Sdk.Testing.Tests;

/// <summary>
/// The page for people who write plugins. Its code is that of the template, which is compiled and tried here; what is typed on it is typed by the test
/// that has the packages alone.
/// </summary>
public sealed partial class PluginPageTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(FolderOf(), "..", ".."));
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository, "plugins", "README.md"));

    public static TheoryData<string> Snippets =>
        [.. Fence().Matches(Page).Where(fence => fence.Groups["language"].Value != "sh").Select(fence => fence.Groups["code"].Value)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Every_piece_of_code_is_one_of_the_template(string snippet)
    {
        var template = Path.Combine(Repository, "src", "PachUp.Templates", "content");

        var files = Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories).Select(file => Plain(File.ReadAllText(file)));

        Assert.Contains(files, file => file.Contains(Plain(snippet), StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_code_of_every_kind() =>
        Assert.Equal(["csharp", "sh", "xml", "yaml"], Fence().Matches(Page).Select(fence => fence.Groups["language"].Value).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("plugins/README.md")]
    [InlineData("src/PachUp.Sdk.Testing/README.md")]
    public void Every_rule_is_explained(string page)
    {
        var explained = RuleRow().Matches(File.ReadAllText(Path.Combine(Repository, page))).Select(row => row.Groups["rule"].Value);

        Assert.Equal(PluginConformance.Of("plugins/Acme.Freeze").Rules, explained);
    }

    /// <summary>The text as it is without indentation, and within empty lines at both ends.</summary>
    private static string Plain(string text) => "\n" + string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim('\n') + "\n";

    private static string FolderOf([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `(?<rule>[a-z]+(-[a-z]+)+)` \|", RegexOptions.Multiline)]
    private static partial Regex RuleRow();
}

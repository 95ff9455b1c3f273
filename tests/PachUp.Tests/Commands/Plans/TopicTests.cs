using System.Text.RegularExpressions;
using PachUp.Commands.Plans.Explain;
using PachUp.Testing;

namespace PachUp.Tests.Commands.Plans;

public sealed partial class TopicTests
{
    private static readonly string Repository = Path.Combine(Recordings.Root, "..", "..");

    [Fact]
    public void Every_reason_that_a_plan_has_shown_is_explained()
    {
        var shown = NamesIn("tests", "*.snap", Announced());

        Assert.Contains("output-repo", shown);
        Assert.Empty(shown.Except(Topic.All.Select(topic => topic.Name)));
    }

    [Fact]
    public void Every_reason_that_a_rule_gives_is_explained()
    {
        var given = NamesIn(Path.Combine("src", "PachUp.Rewriting", "Rules"), "*.cs", Given());

        Assert.Contains("gpu-kind", given);
        Assert.Empty(given.Except(Topic.All.Select(topic => topic.Name)));
    }

    [Fact]
    public void Topics_have_one_name_each_and_are_explained_in_whole_sentences()
    {
        Assert.Equal(Topic.All.Select(topic => topic.Name).Distinct().Order(StringComparer.Ordinal), Topic.All.Select(topic => topic.Name));
        Assert.All(Topic.All.SelectMany(topic => new[] { topic.Meaning, topic.WhatToDo }), text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    private static HashSet<string> NamesIn(string folder, string pattern, Regex names) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => names.Matches(File.ReadAllText(file)))
            .Select(found => found.Groups[1].Value),
    ];

    [GeneratedRegex(@"^(?:LeftOut|Changed|Renamed|Recomputed|Kept) [A-Z][a-z]+ .*\[([a-z-]+)\]", RegexOptions.Multiline)]
    private static partial Regex Announced();

    [GeneratedRegex(@"string Rule (?:=>|=) ""([a-z-]+)"";")]
    private static partial Regex Given();
}

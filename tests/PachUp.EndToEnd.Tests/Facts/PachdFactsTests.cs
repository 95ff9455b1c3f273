using System.Text.RegularExpressions;
using PachUp.Engine.Planning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Steps;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Facts;

/// <summary>Every known problem has a check or a test. <c>tests/Recordings/facts/pachd.md</c> names it, row by row.</summary>
public partial class PachdFactsTests
{
    // The number of rows in the tables, so that a lost row is detected.
    private const int Facts = 47;

    private static readonly Lazy<HashSet<string>> Checks = new(() => [.. CheckDescription.AllOf(Shipped).Select(check => check.Name)]);

    private static readonly Lazy<HashSet<string>> Tests = new(() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Recordings.Root, ".."), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value),
    ]);

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            ReadRows().ForEach(row => rows.Add(row.Fact, row.AnsweredBy));
            return rows;
        }
    }

    private static Catalogue Shipped => PluginHost
        .Load([new StepsPlugin()], [new PluginFolder(Path.Combine(AppContext.BaseDirectory, "plugins"), IsExpected: true) { IsShipped = true }])
        .Catalogue;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_fact_is_covered_by_an_existing_check_or_test(string fact, string answeredBy)
    {
        var (kind, name) = answeredBy.Split(' ') is [var first, var second] ? (first, second) : ("", answeredBy);

        Assert.True(kind switch { "check" => Checks.Value.Contains(name), "test" => Tests.Value.Contains(name), _ => false }, $"{fact}: there is no {answeredBy}");
    }

    [Fact]
    public void No_fact_is_left_out() => Assert.Equal(Facts, ReadRows().Count);

    private static List<(string Fact, string AnsweredBy)> ReadRows() =>
    [
        .. File.ReadLines(Path.Combine(Recordings.Root, "facts", "pachd.md"))
            .Select(line => line.Split(" | "))
            .Where(cells => cells is [_, _, _] && cells[1] != "answered by")
            .Select(cells => (cells[0].TrimStart('|', ' '), cells[1])),
    ];

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void) ([A-Z]\w*)\(")]
    private static partial Regex TestMethod();
}

using PachUp.Engine.Tests.Plans;

namespace PachUp.Engine.Tests.Yaml;

/// <summary>The hash of a plan covers its content and not its layout.</summary>
public sealed class PlanContentHashTests
{
    private const string Plan = """
        apiVersion: pachup/v1
        kind: MigrationPlan
        name: mine
        description: |
          Two lines,
          kept as they are.
        from: { line: "1.8", atLeast: 1.8.7 }
        to: { release: 1.9.0 }
        clusters:
          source: { address: old.example }
          target: { address: new.example }
        parameters:
          archive: { description: Where it is kept, default: "${run.directory}/source.pachx" }
        steps:
          - id: pause
            uses: pachyderm/pause
          - id: extract
            uses: pachyderm/extract
            with: { to: "${parameters.archive}" }

        """;

    private static readonly string OneStep = Plan.Replace("  - id: pause\n    uses: pachyderm/pause\n", "", StringComparison.Ordinal);

    public static TheoryData<string, string> SameMeaning => new()
    {
        { "Windows line ends", Plan.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "a comment before it", "# Reviewed on Monday.\n" + Plan },
        { "a comment behind a value", Plan.Replace("1.9.0 }", "1.9.0 } # the last one", StringComparison.Ordinal) },
        { "blank lines at the end", Plan + "\n\n" },
        { "no line end at the end", Plan.TrimEnd('\n') },
        { "a start of document", "---\n" + Plan },
        { "a byte order mark", "\uFEFF" + Plan },
        { "quotes", Plan.Replace("name: mine", "name: 'mine'", StringComparison.Ordinal) },
        { "other quotes", Plan.Replace("\"1.8\"", "'1.8'", StringComparison.Ordinal) },
        { "indentation", Plan.Replace("  - id", "      - id", StringComparison.Ordinal).Replace("    uses", "        uses", StringComparison.Ordinal).Replace("    with", "        with", StringComparison.Ordinal) },
        { "blocks for braces", Plan.Replace("to: { release: 1.9.0 }", "to:\n    release:   1.9.0", StringComparison.Ordinal) },
        { "another order of keys", Plan.Replace("apiVersion: pachup/v1\nkind: MigrationPlan\n", "kind: MigrationPlan\napiVersion: pachup/v1\n", StringComparison.Ordinal) },
        { "another way to write a text", Plan.Replace("|\n  Two lines,\n  kept as they are.", "\"Two lines,\\nkept as they are.\\n\"", StringComparison.Ordinal) },
    };

    public static TheoryData<string, string> OtherMeaning => new()
    {
        { "a value", Plan.Replace("release: 1.9.0", "release: 1.9.12", StringComparison.Ordinal) },
        { "a default", Plan.Replace("source.pachx", "other.pachx", StringComparison.Ordinal) },
        { "the lines of a text", Plan.Replace("description: |", "description: >", StringComparison.Ordinal) },
        { "a step less", OneStep },
        { "another order of steps", OneStep + "  - id: pause\n    uses: pachyderm/pause\n" },
    };

    [Theory]
    [MemberData(nameof(SameMeaning))]
    public void Equal_content_has_the_same_hash(string what, string text)
    {
        Assert.NotEqual(Plan, text);
        Assert.True(Hash(Plan) == Hash(text), what);
    }

    [Theory]
    [MemberData(nameof(OtherMeaning))]
    public void Different_content_has_another_hash(string what, string text) => Assert.True(Hash(Plan) != Hash(text), what);

    private static string Hash(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return StandInSteps.Loader().LoadFile(path).Sha256;
        }
        finally
        {
            File.Delete(path);
        }
    }
}

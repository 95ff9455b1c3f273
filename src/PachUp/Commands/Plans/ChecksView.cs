using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Commands.Plans;

/// <summary>Shows all checks, or explains one.</summary>
internal static class ChecksView
{
    private const string UpstreamIssues = "https://github.com/pachyderm/pachyderm/issues/";

    public static void WriteList(Page page, ImmutableArray<CheckDescription> checks)
    {
        foreach (var check in checks)
        {
            page.Heading(check.Name);
            page.Line(check.Question, level: 1);
            page.Line($"{SeverityOf(check.Guide)}; {ScopeOf(check)}", level: 1);
        }

        page.Blank();
        page.Line("\"pachup explain CHECK\" explains a check. A plan accepts a warning by its name: with: { accept: [CHECK] }");
    }

    public static void Explain(Page page, CheckDescription check)
    {
        var guide = check.Guide;
        page.Heading(check.Name);
        page.Fields(1,
            ("Asks", check.Question),
            ("Why", guide.Why),
            ("Passed", guide.WhenPassed),
            ("Warning", guide.WhenWarned ?? ""),
            ("Refused", guide.WhenRefused ?? ""),
            ("Severity", SeverityOf(guide)),
            ("Asked of", ScopeOf(check)),
            ("Upstream", string.Join(' ', guide.Issues.Select(issue => UpstreamIssues + issue))));
    }

    private static string SeverityOf(CheckGuide guide) => guide switch
    {
        { WhenWarned: not null, WhenRefused: not null } => "warns (can be accepted by name) or refuses (cannot be accepted)",
        { WhenRefused: not null } => "refuses (cannot be accepted)",
        { WhenWarned: not null } => "warns (can be accepted by name)",
        _ => "informs",
    };

    private static string ScopeOf(CheckDescription check)
    {
        var plans = check.Purposes.IsEmpty ? "every plan" : $"plans for: {string.Join(", ", check.Purposes.Select(NameOf))}";
        var scope = check.Pairs.IsEmpty ? plans : string.Join(", ", check.Pairs);
        return check.Guide.Releases == CheckGuide.AllReleases ? scope : $"{scope}; {check.Guide.Releases}";
    }

    private static string NameOf(PlanPurpose purpose) => purpose.ToString().ToLowerInvariant();
}

/// <summary>The answer of <c>check --list</c>.</summary>
/// <param name="Checks">All checks, by name.</param>
internal sealed record ChecksDocument(ImmutableArray<CheckDocument> Checks)
{
    public static ChecksDocument Of(ImmutableArray<CheckDescription> checks) => new([.. checks.Select(CheckDocument.Of)]);
}

/// <summary>The answer of <c>explain</c>.</summary>
/// <param name="Name">Its name, which also accepts its warning.</param>
/// <param name="Question">The question that it answers.</param>
/// <param name="Pairs">The pairs of lines for which it runs; empty for all.</param>
/// <param name="Purposes">The purposes of the plans for which it runs; empty for all.</param>
/// <param name="Guide">The explanation.</param>
internal sealed record CheckDocument(
    string Name, string Question, ImmutableArray<string> Pairs, ImmutableArray<PlanPurpose> Purposes, CheckGuide Guide)
{
    public static CheckDocument Of(CheckDescription check) => new(check.Name, check.Question, check.Pairs, check.Purposes, check.Guide);
}

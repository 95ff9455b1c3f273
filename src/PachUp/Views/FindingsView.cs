using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Shows the results of all checks: refusals first, passed checks last.</summary>
internal static class FindingsView
{
    private const string Remedy = "What to do: ";

    public static void Write(Page page, IReadOnlyCollection<Finding> findings, ItemLimit limit)
    {
        page.Heading($"Checks: {Summary(findings)}");
        var isFolded = !limit.ShowsAll;
        foreach (var finding in findings.OrderByDescending(finding => finding.Result.Outcome).Where(finding => !(isFolded && IsQuiet(finding))))
        {
            Write(page, finding, limit);
        }

        var quiet = findings.Count(IsQuiet);
        if (isFolded && quiet > 0)
        {
            page.Hang(Look.Good("passed   "), $"{Words.Count(quiet, "check")} (--all shows them)", level: 1);
        }
    }

    /// <summary>Whether nothing is to be said about a check: it passed, and recommends nothing.</summary>
    private static bool IsQuiet(Finding finding) => finding.Result is { Outcome: CheckOutcome.Passed, Remedy.Length: 0 };

    private static void Write(Page page, Finding finding, ItemLimit limit)
    {
        var label = LabelOf(finding);
        page.Hang(label, $"{finding.Check}: {finding.Result.Found}", level: 1);
        var margin = new string(' ', label.ToString().Length);
        limit.Write(finding.Result.Items, item => page.Hang(margin + "- ", item, level: 1));
        if (finding.Result.Remedy.Length > 0)
        {
            page.Hang(margin, (finding.Result.Outcome == CheckOutcome.Passed ? "" : Remedy) + finding.Result.Remedy, level: 1);
        }
    }

    private static string Summary(IReadOnlyCollection<Finding> findings)
    {
        var counts = findings.CountBy(finding => finding.Result.Outcome).ToDictionary();
        return string.Join(", ", new[]
        {
            counts.TryGetValue(CheckOutcome.Refused, out var refused) ? $"{refused} refused" : "",
            counts.TryGetValue(CheckOutcome.Warning, out var warnings) ? Words.Count(warnings, "warning") : "",
            $"{counts.GetValueOrDefault(CheckOutcome.Passed)} passed",
        }.Where(text => text.Length > 0));
    }

    private static StyledText LabelOf(Finding finding) => finding.Result.Outcome switch
    {
        CheckOutcome.Refused => Look.Bad("refused  "),
        CheckOutcome.Warning when finding.Accepted => Look.Good("accepted "),
        CheckOutcome.Warning => Look.Warning("warning  "),
        CheckOutcome.Passed when finding.Result.Remedy.Length > 0 => Look.Heading("advice   "),
        _ => Look.Good("passed   "),
    };
}

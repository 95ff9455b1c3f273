using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Runs;

namespace PachUp.Views;

/// <summary>How the clusters of a run are now, each in one line.</summary>
internal static class ConditionView
{
    public static void Write(Page page, ImmutableArray<ClusterCondition> conditions)
    {
        if (conditions.IsEmpty)
        {
            return;
        }

        page.Blank();
        page.Heading("Now:");
        page.Fields(1, [.. conditions.Select(condition => (NameOf(condition), (StyledText)Describe(condition)))]);
    }

    /// <summary>The state of a cluster in one sentence.</summary>
    public static string Describe(ClusterCondition condition) => condition switch
    {
        { IsTakenDown: true } => $"{condition.Address} is taken down by this run",
        { Problem: { } problem } => $"{condition.Address} does not answer: {problem}",
        _ => $"pachd {condition.Release} at {condition.Address} answers; {PipelinesOf(condition)}{(condition.IsFenced ? "; writers are kept out (fenced)" : "")}",
    };

    private static string PipelinesOf(ClusterCondition condition) => condition.Pipelines == 0 ? "no pipelines" : string.Join(", ", new[]
    {
        $"{condition.Running} of {Words.Count(condition.Pipelines, "pipeline")} {(condition.Running == 1 ? "runs" : "run")}",
        condition.KeptBack.IsEmpty ? "" : $"{condition.KeptBack.Length} stopped by this run ({Some(condition.KeptBack)})",
        condition.Failed.IsEmpty ? "" : $"{condition.Failed.Length} failed ({Some(condition.Failed)})",
    }.Where(text => text.Length > 0));

    private static string Some(ImmutableArray<string> names)
    {
        const int shown = 3;
        return string.Join(", ", names.Take(shown)) + (names.Length > shown ? $" and {names.Length - shown} more" : "");
    }

    private static string NameOf(ClusterCondition condition) => char.ToUpperInvariant(condition.Name[0]) + condition.Name[1..];
}

using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Reports.Outlines;

/// <summary>The parts of a report about what was left out, renamed, changed and kept.</summary>
internal static class ChangesOutline
{
    private const int MostItems = 1000;

    private static readonly ChangeKind[] Order = [ChangeKind.LeftOut, ChangeKind.Renamed, ChangeKind.Changed, ChangeKind.Recomputed, ChangeKind.Kept];

    public static void Write(OutlineBuilder outline, RunReport run)
    {
        foreach (var rule in run.Changes.GroupBy(change => (change.Kind, change.Rule)).OrderBy(group => Array.IndexOf(Order, group.Key.Kind)))
        {
            outline.Section(2, $"{TitleOf(rule.Key.Kind)}: {rule.Key.Rule}", rule.Select(change => $"{ReportOutline.Describe(change.Item)}; {change.Why}"), MostItems);
        }

        WritePipelines(outline, run);
        WriteLeftBehind(outline, run.LeftBehind);
    }

    private static void WritePipelines(OutlineBuilder outline, RunReport run)
    {
        if (run.Pipelines is { } pipelines)
        {
            outline.Heading("Pipelines");
            outline.Bullets(
            [
                $"running in the target{(run.State.IsDone ? "" : " when the run is done")}: {ListOf(pipelines.Running)}",
                $"stopped in the target, as on the source: {ListOf(pipelines.Stopped)}",
                $"stopped on the source by this run{(run.State.IsRolledBack ? ", and started again" : "")}: {ListOf(run.Paused)}",
            ]);
        }
    }

    private static void WriteLeftBehind(OutlineBuilder outline, UncarriedCounts? leftBehind)
    {
        if (leftBehind is null)
        {
            return;
        }

        outline.Heading("Not migrated, but saved in the directory of the run");
        outline.Bullets(
        [
            $"times of {Words.Count(leftBehind.Commits, "commit")}, {Words.Count(leftBehind.Descriptions, "description")}",
            $"{Words.Count(leftBehind.Specs, "earlier spec")} of pipelines",
            $"{Words.Count(leftBehind.Jobs, "job")} with their states",
            $"the end of the logs of {Words.Count(leftBehind.Logs, "pipeline")}",
            $"{Words.Count(leftBehind.OpenFiles, "file")} of {Words.Count(leftBehind.OpenCommits, "open commit")}",
        ]);
        outline.Section(3, "Not saved", leftBehind.NotKept);
    }

    private static string TitleOf(ChangeKind kind) => kind switch
    {
        ChangeKind.LeftOut => "Left out, as announced",
        ChangeKind.Renamed => "Renamed, as announced",
        ChangeKind.Recomputed => "Computed again by the target, as announced",
        ChangeKind.Kept => "Kept unchanged, as chosen",
        _ => "Changed, as announced",
    };

    private static string ListOf(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}

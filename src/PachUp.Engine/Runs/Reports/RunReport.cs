using System.Globalization;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Reports;

/// <summary>The report of a run in Markdown: what it left out, changed and kept. It can be filed with a change request.</summary>
public static class RunReport
{
    private static readonly ChangeKind[] Order = [ChangeKind.LeftOut, ChangeKind.Renamed, ChangeKind.Changed, ChangeKind.Recomputed, ChangeKind.Kept];

    /// <summary>The report of a run.</summary>
    public static string Write(RunOverview run)
    {
        var page = new MarkdownPage();
        WriteHead(page, run);
        WriteSteps(page, run);
        WriteFindings(page, run);
        WriteVerification(page, run);
        WriteAfterWork(page, run.AfterWork);
        WriteChanges(page, run.Plan.Changes);
        WritePipelines(page, run);
        WriteLeftBehind(page, run.LeftBehind);
        return page.ToString();
    }

    private static void WriteHead(MarkdownPage page, RunOverview run)
    {
        var plan = run.Plan;
        page.Heading(1, $"Run {run.Run.Id}: {StateOf(run.State)}");
        page.Table(
            ["", ""],
            [
                ["Plan", $"{plan.PlanName} (hash {plan.Hash})"],
                ["From", $"{plan.Source.Release} at {plan.Source.Address} (cluster {plan.Source.ClusterId})"],
                ["To", $"{plan.TargetRelease} at {plan.Target.Address}{(plan.IsInPlace ? ", in place of the source" : "")}"],
                ["Began", TimeOf(run.Began)],
                ["Ended", TimeOf(run.Ended)],
            ]);
    }

    private static void WriteSteps(MarkdownPage page, RunOverview run)
    {
        page.Heading(2, "Steps");
        page.Table(
            ["Step", "Outcome", "Duration", "What"],
            [.. run.Steps.Select(step => new[] { step.Id, StateOf(step.State), step.Duration is { } took ? Words.Duration(took) : "", step.Text })]);
    }

    private static void WriteFindings(MarkdownPage page, RunOverview run)
    {
        var warnings = run.Plan.Findings.Where(finding => finding.Result.Outcome != CheckOutcome.Passed).ToList();
        page.Section(2, "Findings of the checks", warnings.Select(finding =>
            $"{finding.Check} ({(finding.Accepted ? "accepted" : finding.Result.Outcome.ToString().ToLowerInvariant())}): {finding.Result.Found}"));
    }

    private static void WriteVerification(MarkdownPage page, RunOverview run)
    {
        if (run.Verification is not { } report)
        {
            return;
        }

        page.Heading(2, "What arrived");
        page.Paragraph($"{ArrivalLine.SummaryOf(report)}: {ArrivalLine.Of(report)}.");
        if (run.Outputs == OutputProofState.NotYet)
        {
            page.Paragraph($"Note: {OutputProof.NotYet(run.Run.Id)}.");
        }

        page.Table(
            ["Kind", "Kept", "As announced", "Lost", "Different", "Added"],
            [.. VerificationTable.Of(report).Select(CellsOf)]);
        page.Section(3, "Lost", report.Lost.Select(Describe));
        page.Section(3, "Different, but not announced", report.Changed.Select(Describe));
        page.Section(3, "Added since", report.Added.Select(Describe));
        page.Section(3, "The target's own check of its metadata (fsck)", report.FsckErrors);
        page.Section(3, "Not compared", report.NotCompared);
    }

    private static void WriteAfterWork(MarkdownPage page, AfterWorkReport? report)
    {
        if (report is null)
        {
            return;
        }

        page.Heading(2, "Output after the workers ran");
        page.Paragraph($"{report.Sentence} Verified {TimeOf(report.Time)}.");
        page.Table(AfterWorkTable.OutputHeading, AfterWorkTable.OutputsOf(report));
        page.Section(3, "Lost", report.Outputs.SelectMany(output => output.Lost).Select(Describe));
        page.Section(3, "Different", report.Outputs.SelectMany(output => output.Changed).Select(Describe));
        page.Section(3, "Explained", report.Outputs.SelectMany(output => output.Explained).Select(Describe));
        if (!report.Work.IsEmpty)
        {
            page.Heading(3, "Jobs and datums of the target");
            page.Paragraph(report.WorkSentence);
            page.Table(AfterWorkTable.WorkHeading, AfterWorkTable.WorkOf(report));
        }
    }

    private static string[] CellsOf(VerificationRow row) =>
    [
        NounOf(row.Kind),
        .. new[] { row.Kept, row.Announced, row.Lost, row.Different, row.Added }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
    ];

    private static void WriteChanges(MarkdownPage page, IEnumerable<AnnouncedChange> changes)
    {
        foreach (var rule in changes.GroupBy(change => (change.Kind, change.Rule)).OrderBy(group => Array.IndexOf(Order, group.Key.Kind)))
        {
            page.Section(2, $"{TitleOf(rule.Key.Kind)}: {rule.Key.Rule}", rule.Select(change => $"{Describe(change.Item)}; {change.Why}"));
        }
    }

    private static void WritePipelines(MarkdownPage page, RunOverview run)
    {
        if (run.Pipelines is { } pipelines)
        {
            page.Heading(2, "Pipelines");
            page.Bullets(
            [
                $"running in the target{(run.State.IsDone ? "" : " when the run is done")}: {ListOf(pipelines.Running)}",
                $"stopped in the target, as on the source: {ListOf(pipelines.Stopped)}",
                $"stopped on the source by this run{(run.State.IsRolledBack ? ", and started again" : "")}: {ListOf(run.Paused)}",
            ]);
        }
    }

    private static void WriteLeftBehind(MarkdownPage page, UncarriedCounts? leftBehind)
    {
        if (leftBehind is null)
        {
            return;
        }

        page.Heading(2, "Not migrated, but saved in the directory of the run");
        page.Bullets(
        [
            $"times of {Words.Count(leftBehind.Commits, "commit")}, {Words.Count(leftBehind.Descriptions, "description")}",
            $"{Words.Count(leftBehind.Specs, "earlier spec")} of pipelines",
            $"{Words.Count(leftBehind.Jobs, "job")} with their states",
            $"the end of the logs of {Words.Count(leftBehind.Logs, "pipeline")}",
            $"{Words.Count(leftBehind.OpenFiles, "file")} of {Words.Count(leftBehind.OpenCommits, "open commit")}",
        ]);
        page.Section(3, "Not saved", leftBehind.NotKept);
    }

    private static string StateOf(RunState state) => state switch
    {
        { IsDone: true, RollbackStarted: false } => "done",
        { IsRolledBack: true } => "rolled back",
        { RollbackStarted: true } => "partly rolled back",
        _ => "stopped",
    };

    private static string StateOf(StepState state) => state switch
    {
        StepState.Pending => "not started",
        StepState.Started => "interrupted",
        StepState.Reverted => "undone",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static string TitleOf(ChangeKind kind) => kind switch
    {
        ChangeKind.LeftOut => "Left out, as announced",
        ChangeKind.Renamed => "Renamed, as announced",
        ChangeKind.Recomputed => "Computed again by the target, as announced",
        ChangeKind.Kept => "Kept unchanged, as chosen",
        _ => "Changed, as announced",
    };

    private static string ListOf(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Describe(InventoryItem item) => $"{NounOf(item.Kind)} {item.Name}{(item.Detail.Length > 0 ? $": {item.Detail}" : "")}";

    private static string NounOf(ItemKind kind) => kind.ToString().ToLowerInvariant();

    private static string TimeOf(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "";
}

using System.Globalization;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Runs.Reports.Outlines;

/// <summary>What a report says, part by part and in order. Markdown and HTML have the same outline.</summary>
internal static class ReportOutline
{
    private const string NotKnown = "not known";

    /// <summary>The title of a report.</summary>
    public static string TitleOf(RunReport run) => $"Run {run.Run.Id}: {StateOf(run.State)}";

    /// <summary>All parts of a report after its title.</summary>
    public static IReadOnlyList<ReportBlock> Of(RunReport run) => new OutlineBuilder()
        .Add(new ReportBlock.Verdict(run.Verdict))
        .Add(Head(run))
        .Then(outline => WriteForecast(outline, run))
        .Then(outline => WriteLosses(outline, run.Losses))
        .Then(outline => WriteLateWrites(outline, run.LateWrites))
        .Then(outline => WriteCarriedLate(outline, run.CarriedLate))
        .Then(outline => WriteVerification(outline, run))
        .Then(outline => WriteAfterWork(outline, run.AfterWork))
        .Then(outline => WriteSteps(outline, run))
        .Then(outline => GraphOutline.Write(outline, run.Graph))
        .Then(outline => ChangesOutline.Write(outline, run))
        .Then(outline => WriteFindings(outline, run))
        .Then(outline => WriteHashes(outline, run))
        .Blocks;

    private static ReportBlock.Facts Head(RunReport run)
    {
        var plan = run.Plan;
        return new ReportBlock.Facts(
        [
            ("Started by", run.Circumstances.User ?? NotKnown),
            ("On the machine", run.Circumstances.Host ?? NotKnown),
            ("PachUp", run.Circumstances.Tool ?? NotKnown),
            ("Duration", run.Duration is { } duration ? Words.Duration(duration) : NotKnown),
            ("Began", TimeOf(run.Began)),
            ("Ended", TimeOf(run.Ended)),
            ("Plan", plan.PlanName),
            ("From", $"{plan.Source.Release} at {plan.Source.ShownAddress} (cluster {plan.Source.ClusterId})"),
            ("To", $"{plan.TargetRelease} at {plan.Target.ShownAddress}{(plan.IsInPlace ? ", in place of the source" : "")}"),
        ]);
    }

    private static void WriteForecast(OutlineBuilder outline, RunReport run)
    {
        outline.Heading("Forecast and outcome");
        if (run.Forecast is not { } forecast)
        {
            outline.Paragraph("Forecast: not known. No rehearsal of this plan with this cluster was kept when the run started.");
            return;
        }

        outline.Paragraph($"{forecast.Sentence} The rehearsal was made {TimeOf(forecast.MadeAt)}.");
        outline.Table(
            ["Step", "In the rehearsal", "In the run"],
            forecast.Steps.Select(step => new[] { step.Step, Words.Duration(step.Rehearsed), step.Took is { } took ? Words.Duration(took) : "not started" }));
    }

    private static void WriteLosses(OutlineBuilder outline, RunLosses losses)
    {
        outline.Heading("Losses");
        if (losses.IsEmpty)
        {
            outline.Paragraph(losses.IsVerified ? "None were found." : "Not known: the run did not compare the target with the source.");
        }

        outline.Section(3, "Lost", [.. losses.Lost.Select(Describe), .. losses.NotNamed.Select(shortage => shortage.Sentence)]);
        outline.Section(3, "Different, but not announced", losses.Different.Select(Describe));
        outline.Section(3, "The target's own check of its metadata (fsck)", losses.FsckErrors);
    }

    private static void WriteLateWrites(OutlineBuilder outline, LateWriteReport? late)
    {
        if (late is null)
        {
            return;
        }

        outline.Heading("Late writes");
        outline.Paragraph($"{Words.AsSentence(late.Summary)} PachUp looked {TimeOf(late.Time)}.");
        outline.Bullets(late.Writes.Select(write => write.Text));
        outline.Section(3, "No late writes, because the target computes the same itself", late.ComputedAgain.Select(Describe));
        outline.Section(3, "No late writes, because the target makes its own ticks", late.Ticks.Select(Describe));
    }

    private static void WriteCarriedLate(OutlineBuilder outline, IReadOnlyCollection<CarriedPass> passes)
    {
        if (passes.Count > 0)
        {
            outline.Heading("Carried after the extract");
            outline.Paragraph($"{Words.Count(passes.Count, "pass")} carried what was written to the source after the extract. The other sections count it with everything else.");
            outline.Bullets(passes.SelectMany(pass => pass.Late.Writes).Select(write => write.Text));
            outline.Section(3, "Computed again on the target", passes.SelectMany(pass => pass.Late.ComputedAgain).Select(Describe));
            outline.Section(3, "Ticks, of which the target makes its own", passes.SelectMany(pass => pass.Late.Ticks).Select(Describe));
        }
    }

    private static void WriteVerification(OutlineBuilder outline, RunReport run)
    {
        if (run.Verification is not { } report)
        {
            return;
        }

        outline.Heading("What arrived");
        outline.Paragraph($"{ArrivalLine.SummaryOf(report)}: {ArrivalLine.Of(report)}.");
        if (run.Outputs == OutputProofState.NotYet)
        {
            outline.Paragraph($"Note: {OutputProof.NotYet(run.Run.Id)}.");
        }

        outline.Table(
            ["Kind", "Before", "Kept", "Computed again", "Left out", "Made later", "Not compared", "As announced", "Lost", "Different", "Added"],
            run.Kinds.Select(CellsOf));
        outline.Bullets(run.Kinds.Select(kind => kind.Sentence));
        outline.Section(3, "Added since", report.Added.Select(Describe));
        outline.Section(3, "Not compared", report.NotCompared);
    }

    private static string[] CellsOf(KindTally kind) =>
    [
        KindTally.NounOf(kind.Kind),
        kind.Before is { } before ? Number(before) : NotKnown,
        .. new[] { kind.Arrived, kind.Recomputed, kind.LeftOut, kind.AtResume }.Select(Number),
        kind.NotCompared is { } not ? Number(not) : "all",
        .. new[] { kind.Announced, kind.Lost, kind.Different, kind.Added }.Select(Number),
    ];

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static void WriteAfterWork(OutlineBuilder outline, AfterWorkReport? report)
    {
        if (report is null)
        {
            return;
        }

        outline.Heading("Output after the workers ran");
        outline.Paragraph($"{report.Sentence} Verified {TimeOf(report.Time)}.");
        outline.Table([.. AfterWorkTable.OutputHeading], AfterWorkTable.OutputsOf(report));
        outline.Section(3, "Explained", report.Outputs.SelectMany(output => output.Explained).Select(Describe));
        if (!report.Work.IsEmpty)
        {
            outline.Heading("Jobs and datums of the target", level: 3);
            outline.Paragraph(report.WorkSentence);
            outline.Table([.. AfterWorkTable.WorkHeading], AfterWorkTable.WorkOf(report));
        }
    }

    private static void WriteSteps(OutlineBuilder outline, RunReport run)
    {
        outline.Heading("Steps");
        outline.Add(new ReportBlock.Timeline(run.Steps));
        outline.Table(
            ["Step", "Outcome", "Began (UTC)", "Duration", "Attempts", "What"],
            run.Steps.Select(step => new[]
            {
                step.Id,
                WordOf(step.State),
                step.Attempts is [var first, ..] ? ShortTimeOf(first.Began, run.Began) : "",
                step.Duration is { } took ? Words.Duration(took) : "",
                step.Attempts.Count(attempt => !attempt.IsRollback).ToString(CultureInfo.InvariantCulture),
                step.Text,
            }));
    }

    private static void WriteFindings(OutlineBuilder outline, RunReport run)
    {
        var findings = run.Findings.Where(finding => !finding.IsPassed).ToList();
        outline.Heading($"Findings of the checks ({findings.Count})");
        if (findings.Count == 0)
        {
            outline.Paragraph($"None: {Words.Count(run.Findings.Length, "check")} passed.");
            return;
        }

        outline.Table(
            ["Check", "Outcome", "Accepted by", "Found"],
            findings.Select(finding => new[]
            {
                finding.Check,
                finding.Outcome.ToString().ToLowerInvariant(),
                WordsOf(finding.AcceptedBy),
                finding.Items.IsEmpty ? finding.Found : $"{finding.Found}: {string.Join(", ", finding.Items)}",
            }));
    }

    private static string WordsOf(Acceptance acceptance) => acceptance switch
    {
        Acceptance.Plan => "the plan",
        Acceptance.CommandLine => "the command line",
        _ => "not accepted",
    };

    private static void WriteHashes(OutlineBuilder outline, RunReport run)
    {
        outline.Heading("Hashes and paths");
        var archive = run.Hashes?.Archive;
        outline.Add(new ReportBlock.Facts(
        [
            ("Plan as shown", $"hash {run.Plan.Hash}"),
            ("Plan file (SHA-256)", run.Plan.PlanSha256),
            ("Directory of the run", run.Run.Path),
            ("Archive", archive?.Path ?? "none"),
            .. archive is null ? [] : new[] { ("Archive (SHA-256)", archive.Sha256 is { } hash ? $"{hash}, {Words.Bytes(archive.Bytes ?? 0)}" : NotKnown) },
            .. (run.Hashes?.Plugins ?? []).Select(plugin => ($"{plugin.Name} {plugin.Version} (SHA-256)", plugin.Sha256)),
        ]));
    }

    private static string StateOf(RunState state) => state switch
    {
        { IsDone: true, RollbackStarted: false } => "done",
        { IsRolledBack: true } => "rolled back",
        { RollbackStarted: true } => "partly rolled back",
        { AreClientsBack: true } => "clients switched back",
        _ => "stopped",
    };

    /// <summary>The state of a step in words.</summary>
    internal static string WordOf(StepState state) => state switch
    {
        StepState.Pending => "not started",
        StepState.Started => "interrupted",
        StepState.Reverted => "undone",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>An item in words: <c>commit images@2c98</c>.</summary>
    internal static string Describe(InventoryItem item) =>
        $"{item.Describe()}{(item.Detail.Length > 0 ? $": {item.Detail}" : "")}";

    /// <summary>The time of day, and the date where it is another than that of the beginning.</summary>
    private static string ShortTimeOf(DateTimeOffset time, DateTimeOffset? began) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == began?.UtcDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string TimeOf(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? NotKnown;
}

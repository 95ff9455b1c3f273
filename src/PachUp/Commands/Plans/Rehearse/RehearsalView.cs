using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Runs;
using PachUp.Verification.Comparing;
using PachUp.Views;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary>Shows what would happen on the real clusters: the findings, the changes, the result of each step, and an estimate of time and space.</summary>
internal static class RehearsalView
{
    public static void Write(Page page, RehearsalReport report, string? keptPath, ItemLimit limit)
    {
        page.Heading($"Rehearsal of {report.PlanName}");
        WriteClusters(page, report);
        page.Blank();
        FindingsView.Write(page, report.Findings, limit);
        if (!report.Steps.IsEmpty)
        {
            page.Blank();
            WriteRun(page, report, limit);
        }

        page.Blank();
        WriteVerdict(page, report);
        if (keptPath is not null)
        {
            page.Line($"The files of the rehearsal are kept in {keptPath}");
        }
    }

    private static void WriteClusters(Page page, RehearsalReport report)
    {
        var (source, target) = (report.Source, report.Target);
        page.Fields(1,
            ("From", $"pachd {source.Release}{(source.IsGuessed ? " (guessed)" : "")}, {source.Name}"),
            ("", source.Contents is { } contents ? PlanView.ContentsOf(contents) : ""),
            ("", source.StandIn is { } standIn ? $"simulated by a sandbox of {standIn}" : ""),
            ("To", $"pachd {target.Release}{(target.StandIn is { } other ? $", simulated by a sandbox of {other}" : "")}"));
    }

    private static void WriteRun(Page page, RehearsalReport report, ItemLimit limit)
    {
        ChangesView.Write(page, ChangesView.Ahead, report.Changes, limit);
        page.Blank();
        RunView.WriteSteps(page, report.Steps);
        if (report.Verification is { FoundLoss: true } verification)
        {
            page.Blank();
            VerificationView.Write(page, verification with { Announced = [] }, limit);
        }

        if (report.Estimate is { } estimate)
        {
            page.Blank();
            WriteEstimate(page, estimate);
        }

        page.Blank();
        page.Heading("Not rehearsed:");
        foreach (var limitation in report.NotRehearsed)
        {
            page.Hang("- ", limitation, level: 1);
        }
    }

    private static void WriteEstimate(Page page, RehearsalEstimate estimate)
    {
        page.Heading("Estimate for the real run:");
        page.Fields(1,
            ("Time", $"{Words.Duration(estimate.LeastTime)} to {Words.Duration(estimate.MostTime)}"),
            ("Objects", estimate.ObjectBytes > 0 ? $"{Words.Bytes(estimate.ObjectBytes)} through this machine" : "none through this machine"),
            ("Archive", ArchiveOf(estimate)));
        foreach (var basis in estimate.Basis)
        {
            page.Hang("- ", basis, level: 1);
        }
    }

    private static StyledText ArchiveOf(RehearsalEstimate estimate)
    {
        if (estimate is not { LeastArchiveBytes: { } least, MostArchiveBytes: { } most })
        {
            return "";
        }

        var size = least == most ? Words.Bytes(most) : $"{Words.Bytes(least)} to {Words.Bytes(most)}";
        var room = estimate.FreeBytes is { } free ? $"; {Words.Bytes(free)} are free" : "";
        return estimate.MayNotFit ? Look.Warning($"{size}{room}: it may not fit") : size + room;
    }

    private static void WriteVerdict(Page page, RehearsalReport report)
    {
        page.Line(SentenceOf(report));
        if (report.TargetRefusal is { } refusal)
        {
            page.Hang("The target refuses: ", refusal.Item);
            page.Hang("It says: ", refusal.Message);
        }
        else if (report is { Failure: { } failure, Verification: null })
        {
            page.Hang("Why: ", failure.Message);
        }

        if (report.Verification is { FoundLoss: false } verification)
        {
            page.Hang("Arrived: ", ArrivalLine.Of(verification));
        }

        page.Line("Nothing was changed on the real cluster.");
    }

    private static StyledText SentenceOf(RehearsalReport report) => report.Outcome switch
    {
        RunOutcome.Done => Look.Good("The rehearsal succeeded."),
        RunOutcome.Refused when report.Steps.IsEmpty => Look.Bad("Refused. Fix the findings marked \"refused\" first."),
        RunOutcome.Refused => Look.Bad("Refused by a step."),
        RunOutcome.LossFound => Look.Bad("Verification found a loss in the rehearsal."),
        RunOutcome.Interrupted => Look.Warning("Interrupted."),
        _ => Look.Bad("The rehearsal failed."),
    };
}

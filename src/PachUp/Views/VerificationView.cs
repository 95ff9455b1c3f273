using System.Collections.Immutable;
using PachUp.Engine.Verification;
using PachUp.Pachyderm.Inventories;
using PachUp.Terminals;

namespace PachUp.Views;

/// <summary>What verification found.</summary>
internal static class VerificationView
{
    public static void Write(Page page, VerificationReport report, ItemLimit limit)
    {
        page.Line(report.FoundLoss ? Look.Bad("Something is lost.") : Look.Good("Nothing is lost."));
        page.Hang("Arrived: ", ArrivalLine.Of(report));
        Write(page, "Missing:", report.Lost, limit);
        Write(page, "Different, although nobody announced it:", report.Changed, limit);
        Write(page, "There beside what was expected:", report.Added, limit);
        WriteErrors(page, report.FsckErrors, limit);
        if (!report.Announced.IsEmpty)
        {
            page.Blank();
            ChangesView.Write(page, ChangesView.Afterwards, report.Announced, limit);
        }
    }

    private static void Write(Page page, string title, ImmutableArray<InventoryItem> items, ItemLimit limit)
    {
        if (items.IsEmpty)
        {
            return;
        }

        page.Blank();
        page.Heading(title);
        limit.Write([.. items.Select(ItemText.Of)], item => page.Hang("- ", item, level: 1));
    }

    private static void WriteErrors(Page page, ImmutableArray<string> errors, ItemLimit limit)
    {
        if (errors.IsEmpty)
        {
            return;
        }

        page.Blank();
        page.Heading("The target's own check of its metadata (fsck) says:");
        limit.Write(errors, error => page.Hang("- ", error, level: 1));
    }
}

/// <summary>The answer of <c>verify</c>.</summary>
/// <param name="Arrived">The line that says what arrived.</param>
/// <param name="Verification">What was found.</param>
internal sealed record VerificationDocument(string Arrived, VerificationReport Verification);

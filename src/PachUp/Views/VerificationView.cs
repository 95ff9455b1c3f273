using System.Collections.Immutable;
using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;
using PachUp.Verification.LateWrites;

namespace PachUp.Views;

/// <summary>Shows the result of verification: a table, and every difference by name.</summary>
internal static class VerificationView
{
    private static readonly string[] Heading = ["Kind", "Kept", "As announced", "Lost", "Different", "Added"];

    public static void Write(Page page, VerificationReport report, ItemLimit limit)
    {
        page.Line(LookOf(report));
        page.Hang("Arrived: ", ArrivalLine.Of(report));
        page.Blank();
        page.Table(Heading, [.. VerificationTable.Of(report).Select(Row)]);
        WriteFiles(page, report.Files);
        WriteSentences(page, "Missing:", [.. report.Lost.Select(ItemText.Of), .. KindShortage.In(report).Select(shortage => shortage.Sentence)], limit);
        Write(page, "Different, and not announced:", report.Changed, limit);
        Write(page, "On the target, but not expected:", report.Added, limit);
        WriteSentences(page, "The metadata check (fsck) of the target reports:", report.FsckErrors, limit);
        WriteSentences(page, "Not compared:", report.NotCompared, ItemLimit.None);
        if (!report.Announced.IsEmpty)
        {
            page.Blank();
            ChangesView.Write(page, ChangesView.Afterwards, report.Announced, limit);
        }
    }

    private static StyledText LookOf(VerificationReport report) => report switch
    {
        { FoundLoss: true } => Look.Bad($"{ArrivalLine.SummaryOf(report)}."),
        { OutputsToProve: > 0 } => Look.Warning($"{ArrivalLine.SummaryOf(report)}: run \"pachup verify RUN --after-work\"."),
        _ => Look.Good($"{ArrivalLine.SummaryOf(report)}."),
    };

    private static StyledText[] Row(VerificationRow row) =>
    [
        ItemText.NameOf(row.Kind),
        Number(row.Kept),
        Number(row.Announced),
        row.Lost > 0 ? Look.Bad(Number(row.Lost)) : Number(row.Lost),
        row.Different > 0 ? Look.Bad(Number(row.Different)) : Number(row.Different),
        Number(row.Added),
    ];

    private static void WriteFiles(Page page, ImmutableArray<FilesCompared> comparisons)
    {
        foreach (var files in comparisons)
        {
            var chosen = files.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $", chosen at random (--seed {seed} chooses them again)") : "";
            page.Line(
                $"{Words.Count(files.Files, "file")} of {Words.Count(files.Commits, "commit")} {(files.IsOfTargetAlone ? "read" : "compared")}{chosen}; "
                + $"{Words.Bytes(files.BytesRead)} read {(files.IsOfTargetAlone ? "on the target" : "on each side")}.");
        }
    }

    private static void Write(Page page, string title, ImmutableArray<InventoryItem> items, ItemLimit limit) =>
        WriteSentences(page, title, [.. items.Select(ItemText.Of)], limit);

    private static void WriteSentences(Page page, string title, ImmutableArray<string> sentences, ItemLimit limit)
    {
        if (sentences.IsEmpty)
        {
            return;
        }

        page.Blank();
        page.Heading(title);
        limit.Write(sentences, sentence => page.Hang("- ", sentence, level: 1));
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}

/// <summary>The answer of <c>verify</c> and <c>archive diff</c>.</summary>
/// <param name="Arrived">The line about what arrived.</param>
/// <param name="Table">The number of items of each kind that are kept, announced, lost, different and added.</param>
/// <param name="Verification">The result.</param>
internal sealed record VerificationDocument(string Arrived, ImmutableArray<VerificationRow> Table, VerificationReport Verification)
{
    /// <summary>What was written to the source of a run after the extract; null if it was not looked at.</summary>
    public LateWriteReport? LateWrites { get; init; }

    public static VerificationDocument Of(VerificationReport report) => new(ArrivalLine.Of(report), VerificationTable.Of(report), report);
}

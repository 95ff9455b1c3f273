using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>The numbers of a verification, one row for each kind of thing.</summary>
public static class VerificationTable
{
    /// <summary>The rows of a report; without the kinds that were not counted.</summary>
    public static ImmutableArray<VerificationRow> Of(VerificationReport report) => [.. report.Counts.Select(count => RowOf(count, report))];

    private static VerificationRow RowOf(KindCount count, VerificationReport report)
    {
        var different = Math.Min(Count(report.Changed, count.Kind), count.Expected - count.Kept);
        return new VerificationRow(
            count.Kind,
            count.Kept,
            report.Announced.Where(change => change.Item.Kind == count.Kind).DistinctBy(change => change.Item.Name).Count(),
            count.Expected - count.Kept - different,
            different,
            Count(report.Added, count.Kind));
    }

    /// <summary>
    /// What became of everything of one kind on the source, in numbers that add up: <c>80 commits: 6 arrived, 74 computed again, 0 lost or different</c>.
    /// Without the kinds of which everything arrived as it was, because the line about arrival says that.
    /// </summary>
    public static IEnumerable<string> Sums(VerificationReport report) => report.Counts
        .Where(count => count.Kind is ItemKind.Repo or ItemKind.Branch or ItemKind.Commit)
        .Select(count => SumOf(count, report))
        .Where(sum => sum.Length > 0);

    private static string SumOf(KindCount count, VerificationReport report)
    {
        var announced = report.Announced
            .Where(change => change.Item.Kind == count.Kind && change.Kind is (ChangeKind.Recomputed or ChangeKind.LeftOut))
            .DistinctBy(change => change.Item.Name)
            .CountBy(change => change.Kind)
            .ToDictionary();
        var (again, leftOut) = (announced.GetValueOrDefault(ChangeKind.Recomputed), announced.GetValueOrDefault(ChangeKind.LeftOut));
        if (again + leftOut == 0)
        {
            return "";
        }

        var parts = new[]
        {
            $"{count.Kept} arrived",
            again > 0 ? $"{again} computed again" : "",
            leftOut > 0 ? $"{leftOut} left out as announced" : "",
            $"{count.Expected - count.Kept} lost or different",
        };
        return $"{Words.Count(count.Expected + again + leftOut, count.Kind.ToString().ToLowerInvariant())}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    private static int Count(ImmutableArray<InventoryItem> items, ItemKind kind) => items.Count(item => item.Kind == kind);
}

/// <summary>The numbers for one kind of thing.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Kept">How many exist as expected.</param>
/// <param name="Announced">How many have an announced change, which is no loss.</param>
/// <param name="Lost">How many are missing.</param>
/// <param name="Different">How many have other content.</param>
/// <param name="Added">How many exist but were not expected.</param>
public sealed record VerificationRow(ItemKind Kind, long Kept, long Announced, long Lost, long Different, long Added);

using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

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

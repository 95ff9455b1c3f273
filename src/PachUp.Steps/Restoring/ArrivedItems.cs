using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Decides how much of an unconfirmed call has arrived. A server carries out a stream in order, so the first items of the call have arrived. The
/// last of them is not before the last item that only this call can have made, and is before the first missing item; between these two,
/// the state of the branches decides.
/// </summary>
internal static class ArrivedItems
{
    /// <returns>The number of items that have arrived.</returns>
    /// <exception cref="StepFailedException">The target's content is not possible: another client changed it.</exception>
    public static int CountOf(ImmutableArray<UnconfirmedItem> items, ObservedTarget sight)
    {
        var atLeast = 1 + LastProven(items, sight);
        var atMost = FirstMissing(items, sight, atLeast);
        if (atMost < atLeast)
        {
            throw Contradiction(items[atMost], items[atLeast - 1]);
        }

        while (atMost > atLeast && !BranchesFit(items.AsSpan()[atLeast..atMost], sight))
        {
            atMost--;
        }

        return atMost;
    }

    private static int LastProven(ImmutableArray<UnconfirmedItem> items, ObservedTarget sight)
    {
        var last = items.Length - 1;
        while (last >= 0 && !(items[last].ProvesArrival && sight.Has(items[last])))
        {
            last--;
        }

        return last;
    }

    private static int FirstMissing(ImmutableArray<UnconfirmedItem> items, ObservedTarget sight, int proven)
    {
        var first = 0;
        while (first < items.Length && !IsMissing(items[first], sight, isProven: first < proven))
        {
            first++;
        }

        return first;
    }

    /// <summary>An item that the target cannot be asked for counts as missing and is sent again, unless a later item has arrived.</summary>
    private static bool IsMissing(UnconfirmedItem item, ObservedTarget sight, bool isProven) => item switch
    {
        { Kind: OperationKind.Branch } => false,
        { Names.IsEmpty: true } => !isProven,
        _ => !sight.Has(item),
    };

    /// <summary>Whether each branch is in the state that the last of these operations gives it.</summary>
    private static bool BranchesFit(ReadOnlySpan<UnconfirmedItem> items, ObservedTarget sight)
    {
        var last = new Dictionary<BranchName, BranchState>();
        foreach (var item in items)
        {
            if (item.Branch is { } branch)
            {
                last[branch.Name] = branch;
            }
        }

        return last.Values.All(sight.Meets);
    }

    private static StepFailedException Contradiction(UnconfirmedItem missing, UnconfirmedItem later) => StepFailedException.Refused(
        $"the target has {Describe(later)}, but not {Describe(missing)}, which was sent earlier: another client has changed the target",
        "Deploy the target again on fresh metadata storage, then resume the run. The source and the archive are complete.");

    private static string Describe(UnconfirmedItem item) => $"{item.Kind.ToString().ToLowerInvariant()} {string.Join(", ", item.Names)}";
}

using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Decides how much of a call in doubt has arrived. A server carries out a stream in its order, so what arrived is a beginning of the call: it
/// ends behind the last thing that only this call can have made, before the first that is not there, and in between where the branches are as
/// its end would leave them.
/// </summary>
internal static class ArrivedPart
{
    /// <returns>How many of the items have arrived.</returns>
    /// <exception cref="StepFailedException">The target holds what it cannot hold: somebody else changed it.</exception>
    public static int CountOf(ImmutableArray<DoubtfulItem> items, TargetSight sight)
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

    private static int LastProven(ImmutableArray<DoubtfulItem> items, TargetSight sight)
    {
        var last = items.Length - 1;
        while (last >= 0 && !(items[last].ProvesArrival && sight.Has(items[last])))
        {
            last--;
        }

        return last;
    }

    private static int FirstMissing(ImmutableArray<DoubtfulItem> items, TargetSight sight, int proven)
    {
        var first = 0;
        while (first < items.Length && !IsMissing(items[first], sight, isProven: first < proven))
        {
            first++;
        }

        return first;
    }

    /// <summary>What a target cannot be asked for counts as missing, and is sent again, unless something behind it has arrived.</summary>
    private static bool IsMissing(DoubtfulItem item, TargetSight sight, bool isProven) => item switch
    {
        { Kind: OperationKind.Branch } => false,
        { Names.IsEmpty: true } => !isProven,
        _ => !sight.Has(item),
    };

    /// <summary>Whether each branch is as the last of these operations leaves it.</summary>
    private static bool BranchesFit(ReadOnlySpan<DoubtfulItem> items, TargetSight sight)
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

    private static StepFailedException Contradiction(DoubtfulItem missing, DoubtfulItem later) => StepFailedException.Refused(
        $"the target has {Describe(later)}, which was sent after {Describe(missing)}, and does not have that: somebody else has changed it",
        "Deploy the target again on fresh metadata storage (the source and the archive are complete), then resume the run.");

    private static string Describe(DoubtfulItem item) => $"{item.Kind.ToString().ToLowerInvariant()} {string.Join(", ", item.Names)}";
}

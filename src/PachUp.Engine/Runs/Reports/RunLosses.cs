using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Runs.Reports;

/// <summary>Everything that was lost or is different although the plan did not announce it, item by item.</summary>
public sealed record RunLosses
{
    /// <summary>Missing items.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>Items with other content.</summary>
    public ImmutableArray<InventoryItem> Different { get; init; } = [];

    /// <summary>What is missing without a name, such as <c>4 tags</c>: only hashes of their names were recorded on the source.</summary>
    public ImmutableArray<KindShortage> NotNamed { get; init; } = [];

    /// <summary>The errors that the target's own check of its metadata (fsck) found.</summary>
    public ImmutableArray<string> FsckErrors { get; init; } = [];

    /// <summary>Whether something was compared; otherwise the lists are empty because nothing is known.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => Lost.IsEmpty && Different.IsEmpty && NotNamed.IsEmpty && FsckErrors.IsEmpty;

    /// <summary>The number of missing items, with those that have no name.</summary>
    public long CountLost => Lost.Length + NotNamed.Sum(shortage => shortage.Missing);

    internal static RunLosses Of(VerificationReport? verification, AfterWorkReport? afterWork) => new()
    {
        Lost = [.. verification?.Lost ?? [], .. afterWork?.Outputs.SelectMany(output => output.Lost) ?? []],
        Different = [.. verification?.Changed ?? [], .. afterWork?.Outputs.SelectMany(output => output.Changed) ?? []],
        NotNamed = verification is null ? [] : [.. NotNamedIn(verification)],
        FsckErrors = verification?.FsckErrors ?? [],
        IsVerified = verification is not null,
    };

    private static IEnumerable<KindShortage> NotNamedIn(VerificationReport report) =>
        from row in VerificationTable.Of(report)
        let missing = row.Lost - report.Lost.Count(item => item.Kind == row.Kind)
        where missing > 0
        select new KindShortage(row.Kind, missing);
}

/// <summary>How many items of a kind are missing without a name.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Missing">How many are missing.</param>
public sealed record KindShortage(ItemKind Kind, long Missing);

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

    /// <summary>What is missing without a name here, such as <c>4 more tags</c>, and where its names are.</summary>
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
        NotNamed = verification is null ? [] : [.. KindShortage.In(verification)],
        FsckErrors = verification?.FsckErrors ?? [],
        IsVerified = verification is not null,
    };
}

using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>What the target will contain, and how that differs from the source.</summary>
public sealed record ExpectedTarget
{
    /// <summary>
    /// What the target has to contain, by its names on the target. It does not contain what the target computes in <see cref="RecomputedRepos"/>; it
    /// contains these repos themselves, and their commits and branches that are carried.
    /// </summary>
    public required ClusterInventory Inventory { get; init; }

    /// <summary>
    /// Repos, by their names on the target, in which the target makes commits and branches itself. There, additional ones are no difference.
    /// </summary>
    public ImmutableHashSet<string> RecomputedRepos { get; init; } = [];

    /// <summary>
    /// Branches, by their names on the target, that the target continues by itself, for example with ticks of cron inputs. There, a head that
    /// descends
    /// from the expected one is no difference.
    /// </summary>
    public ImmutableHashSet<BranchName> ContinuedBranches { get; init; } = [];

    /// <summary>What verification compares with <see cref="Inventory"/>. What cannot be known in advance is not compared, but announced.</summary>
    public ComparisonOptions Comparison { get; init; } = new();

    /// <summary>For a reload: the branches whose files can be loaded. Empty in other plans.</summary>
    public ImmutableArray<LoadedBranch> LoadedBranches { get; init; } = [];

    /// <summary>Every difference between the source and <see cref="Inventory"/>, one by one.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];
}

/// <summary>A difference that is announced before it happens, so that verification does not report it as a loss.</summary>
/// <param name="kind">What happens to the item.</param>
/// <param name="item">The item, by its name on the source; the detail tells what changes: <c>feat.x -> feat_x</c>.</param>
/// <param name="rule">The rule that causes it, lower case with dashes: <c>open-commit</c>, <c>name-not-allowed</c>.</param>
/// <param name="why">The reason, in one sentence.</param>
public sealed class AnnouncedChange(ChangeKind kind, InventoryItem item, string rule, string why)
{
    /// <summary>What happens to the item.</summary>
    public ChangeKind Kind => kind;

    /// <summary>The item, by its name on the source; the detail tells what changes: <c>feat.x -> feat_x</c>.</summary>
    public InventoryItem Item => item;

    /// <summary>The rule that causes it, lower case with dashes: <c>open-commit</c>, <c>name-not-allowed</c>.</summary>
    public string Rule => rule;

    /// <summary>The reason, in one sentence.</summary>
    public string Why => why;
}

/// <summary>The kinds of differences.</summary>
public enum ChangeKind
{
    /// <summary>It gets another name.</summary>
    Renamed,

    /// <summary>It arrives with other content.</summary>
    Changed,

    /// <summary>The target computes it again.</summary>
    Recomputed,

    /// <summary>It does not arrive.</summary>
    LeftOut,

    /// <summary>It arrives unchanged, because the user chose so. This is no difference; it is named for clarity.</summary>
    Kept,
}

using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>What the target will hold, and how that differs from the source.</summary>
public sealed record Foresight
{
    /// <summary>
    /// What the target has to hold, names and all as they will be there. What the target computes in <see cref="RecomputedRepos"/> is not in it;
    /// the repos themselves are, and so are those of their commits and branches that are carried.
    /// </summary>
    public required ClusterInventory Expected { get; init; }

    /// <summary>Repos, by their name in the target, in which the target makes commits and branches itself: there they are no surprise.</summary>
    public ImmutableHashSet<string> RecomputedRepos { get; init; } = [];

    /// <summary>
    /// Branches, by their names in the target, that the target carries on by itself once it works, as it does with the ticks of cron inputs: a head
    /// that descends from the expected one is no surprise there.
    /// </summary>
    public ImmutableHashSet<BranchName> ContinuedBranches { get; init; } = [];

    /// <summary>How far the target can be held to <see cref="Expected"/>: what nobody can know beforehand is not compared, and is announced.</summary>
    public ComparisonOptions Comparison { get; init; } = new();

    /// <summary>In a plan that loads files again: the branches whose files it can load. Empty in other plans.</summary>
    public ImmutableArray<LoadedBranch> LoadedBranches { get; init; } = [];

    /// <summary>Every difference between the source and <see cref="Expected"/>, item by item.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];
}

/// <summary>One difference that is announced before it happens, so that verification does not take it for a loss.</summary>
/// <param name="Kind">What happens to the item.</param>
/// <param name="Item">The item, by its name in the source; the detail says what changes: <c>feat.x -> feat_x</c>.</param>
/// <param name="Rule">The rule that says so, lower case with dashes: <c>open-commit</c>, <c>name-not-allowed</c>.</param>
/// <param name="Why">Why it has to be, in one sentence.</param>
public sealed record AnnouncedChange(ChangeKind Kind, InventoryItem Item, string Rule, string Why);

/// <summary>What can happen to an item.</summary>
public enum ChangeKind
{
    /// <summary>It gets another name.</summary>
    Renamed,

    /// <summary>It arrives with another content.</summary>
    Changed,

    /// <summary>The target computes it again.</summary>
    Recomputed,

    /// <summary>It does not arrive.</summary>
    LeftOut,

    /// <summary>It arrives as it is, by choice: no difference, and said so that nobody has to wonder.</summary>
    Kept,
}

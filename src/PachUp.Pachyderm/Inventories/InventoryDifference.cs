using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// What distinguishes an inventory from the one that was expected. Compared are: repos and their descriptions; commits (id, parent, tree,
/// whether open, size); branches (head, direct provenance); pipelines (every field that
/// a request can carry, and whether stopped); probes (content); as far as <see cref="ComparisonOptions"/> says. Times never are, nor are the sizes of repos, which servers add up from commits
/// in ways that differ from release to release.
/// </summary>
public sealed record InventoryDifference
{
    /// <summary>Everything that was compared: how many of each kind were expected and how many are there, unchanged.</summary>
    public required ImmutableArray<KindCount> Counts { get; init; }

    /// <summary>Items that are missing.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>Items that are there with another content; the detail says which fields.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>Items that nobody expected.</summary>
    public ImmutableArray<InventoryItem> Added { get; init; } = [];

    /// <summary>Whether nothing is lost and nothing changed. (Added items do not count as a difference in what was expected.)</summary>
    public bool IsComplete => Lost.IsEmpty && Changed.IsEmpty;

    /// <summary>Whether the two are the same, nothing added either.</summary>
    public bool IsEmpty => IsComplete && Added.IsEmpty;

    /// <summary>Compares two inventories.</summary>
    /// <param name="expected">What should be there.</param>
    /// <param name="actual">What is there.</param>
    /// <param name="options">What to compare.</param>
    public static InventoryDifference Between(ClusterInventory expected, ClusterInventory actual, ComparisonOptions? options = null) =>
        new InventoryComparison(expected, actual, options ?? new ComparisonOptions()).Compare();
}

/// <summary>What to compare beside the names.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Whether the sizes of commits count. Default: yes.</summary>
    public bool CommitSizes { get; init; } = true;

    /// <summary>Whether the trees of commits count: a server that converts them gives them other hashes. Default: yes.</summary>
    public bool CommitTrees { get; init; } = true;

    /// <summary>Whether the salts of pipelines count: some servers make new ones. Default: yes.</summary>
    public bool Salts { get; init; } = true;

    /// <summary>Whether the state of pipelines (stopped or not) counts. Default: yes.</summary>
    public bool Stopped { get; init; } = true;

    /// <summary>
    /// Whether it counts that a commit is open, and the trees of one that was finished in several. Default: yes. Extracts before 1.9.6 tell
    /// neither: there a commit of several trees looks like an open one.
    /// </summary>
    public bool CommitStates { get; init; } = true;
}

/// <summary>One item of an inventory, in words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name: <c>images</c>, <c>images@master</c>, <c>images@2c98512a3d144ab29323823975c4bf7e</c>.</param>
/// <param name="Detail">What is different about it; empty for an item that is lost or added as a whole.</param>
public sealed record InventoryItem(ItemKind Kind, string Name, string Detail = "");

/// <summary>What an inventory is made of.</summary>
public enum ItemKind
{
    /// <summary>A repo.</summary>
    Repo,

    /// <summary>A branch of a repo.</summary>
    Branch,

    /// <summary>A commit of a repo.</summary>
    Commit,

    /// <summary>A pipeline.</summary>
    Pipeline,

    /// <summary>A file that was read.</summary>
    File,

    /// <summary>An object.</summary>
    Object,

    /// <summary>A tag.</summary>
    Tag,
}

/// <summary>How much of one kind is there.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Kept">How many of the expected items are there, unchanged.</param>
/// <param name="Expected">How many were expected.</param>
public sealed record KindCount(ItemKind Kind, long Kept, long Expected);

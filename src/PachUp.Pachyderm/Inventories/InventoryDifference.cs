using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// The differences between an expected and an actual inventory. It compares repos and their descriptions; commits (id, parent, tree, open or
/// finished, size); branches (head, direct provenance); pipelines (every field of a request, and whether they are stopped); and probes (content).
/// <see cref="ComparisonOptions"/> can exclude some of these. It does not compare times, nor the sizes of repos, which releases compute in different
/// ways.
/// </summary>
public sealed record InventoryDifference
{
    /// <summary>For each kind, how many items were expected and how many of them exist unchanged.</summary>
    public required ImmutableArray<KindCount> Counts { get; init; }

    /// <summary>The items that are missing.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>The items with other content. The detail names the fields.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>The items that were not expected.</summary>
    public ImmutableArray<InventoryItem> Added { get; init; } = [];

    /// <summary>Whether nothing is lost and nothing changed. Added items are allowed.</summary>
    public bool IsComplete => Lost.IsEmpty && Changed.IsEmpty;

    /// <summary>Whether the two are equal: nothing is lost, changed or added.</summary>
    public bool IsEmpty => IsComplete && Added.IsEmpty;

    /// <summary>Compares two inventories.</summary>
    /// <param name="expected">The expected inventory.</param>
    /// <param name="actual">The actual inventory.</param>
    /// <param name="options">What to compare.</param>
    public static InventoryDifference Between(ClusterInventory expected, ClusterInventory actual, ComparisonOptions? options = null) =>
        new InventoryComparison(expected, actual, options ?? new ComparisonOptions()).Compare();
}

/// <summary>What to compare in addition to the names.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Whether to compare the sizes of commits. Default: yes.</summary>
    public bool CommitSizes { get; init; } = true;

    /// <summary>Whether to compare the trees of commits. A server that converts trees gives them other hashes. Default: yes.</summary>
    public bool CommitTrees { get; init; } = true;

    /// <summary>Whether to compare the salts of pipelines. Some servers create new salts. Default: yes.</summary>
    public bool Salts { get; init; } = true;

    /// <summary>Whether to compare if pipelines are stopped. Default: yes.</summary>
    public bool Stopped { get; init; } = true;

    /// <summary>
    /// Whether to compare if commits are open, and the trees of commits that were finished in several trees. Default: yes. Extracts before 1.9.6 have
    /// neither: in them a commit with several trees looks like an open commit.
    /// </summary>
    public bool CommitStates { get; init; } = true;
}

/// <summary>One item of an inventory, as text.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name: <c>images</c>, <c>images@master</c>, <c>images@2c98512a3d144ab29323823975c4bf7e</c>.</param>
/// <param name="Detail">What is different; empty for an item that is lost or added.</param>
public sealed record InventoryItem(ItemKind Kind, string Name, string Detail = "")
{
    /// <summary>The name of the item that stands for all pipelines together.</summary>
    public const string AllPipelines = "all pipelines";

    /// <summary>The name of the item that stands for the tags of all datums together.</summary>
    public const string AllDatums = "all datums";

    /// <summary>The kind and the name, for people: <c>pipeline edges</c>.</summary>
    public string Describe() => Name is AllPipelines or AllDatums ? Name : $"{Kind.ToString().ToLowerInvariant()} {Name}";
}

/// <summary>The kinds of items in an inventory.</summary>
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

/// <summary>The counts of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Kept">The number of expected items that exist unchanged.</param>
/// <param name="Expected">The number of expected items.</param>
public sealed record KindCount(ItemKind Kind, long Kept, long Expected);

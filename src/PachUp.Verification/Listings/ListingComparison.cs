using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Listings;

/// <summary>How many objects and tags there are.</summary>
/// <param name="Objects">The number of objects; null if it is not known.</param>
/// <param name="Tags">The number of tags; null if it is not known.</param>
public readonly record struct ListedCounts(long? Objects, long? Tags);

/// <summary>What is expected of a cluster whose objects and tags are compared with a listing.</summary>
public sealed record ListingOptions
{
    /// <summary>How many objects and tags are in the listing, for the progress.</summary>
    public ListedCounts Expected { get; init; }

    /// <summary>Whether the tags of datums are expected too.</summary>
    public bool WithDatumTags { get; init; } = true;

    /// <summary>Whether a target is expected to have the tags of datums: they are not sent with objects, and the plan announces that.</summary>
    public static bool ExpectsDatumTags(ExpectedTarget expected) =>
        !expected.Changes.Any(change => change is { Kind: ChangeKind.LeftOut, Item.Kind: ItemKind.Tag });

    /// <summary>The file for the names of all lost objects, if there are too many for a record; null for none.</summary>
    public string? LostObjects { get; init; }

    /// <summary>The same for tags.</summary>
    public string? LostTags { get; init; }
}

/// <summary>How much of a listing exists.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="Tags">The tags.</param>
public sealed record ListingComparison(ListedThings Objects, ListedThings Tags);

/// <summary>How many of the listed objects or tags exist.</summary>
/// <param name="Kept">How many exist.</param>
/// <param name="Expected">How many were listed.</param>
public sealed record ListedThings(long Kept, long Expected)
{
    /// <summary>The names of those that do not exist: of objects the start of the hash, of tags the whole name. If there are very many, the first.</summary>
    public ImmutableArray<string> Lost { get; init; } = [];

    /// <summary>The file with the names of all that do not exist; null if <see cref="Lost"/> has all.</summary>
    public string? FileOfLost { get; init; }
}

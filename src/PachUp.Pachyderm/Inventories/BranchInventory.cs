using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>One branch.</summary>
public sealed record BranchInventory
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the commit it points at; null for a branch without commits.</summary>
    public string? Head { get; init; }

    /// <summary>The branches that it is computed from, directly; sorted.</summary>
    public ImmutableArray<BranchName> DirectProvenance { get; init; } = [];

    /// <summary>The branches that it is computed from, directly or not; sorted.</summary>
    public ImmutableArray<BranchName> Provenance { get; init; } = [];
}

/// <summary>A branch by repo and name.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Branch">The branch in it.</param>
public readonly record struct BranchName(string Repo, string Branch) : IComparable<BranchName>
{
    /// <summary>The repo that holds the specs of pipelines.</summary>
    public const string SpecRepo = "__spec__";

    /// <summary>Whether this is where a pipeline's spec is kept.</summary>
    public bool IsSpec => Repo == SpecRepo;

    /// <inheritdoc/>
    public int CompareTo(BranchName other) =>
        string.CompareOrdinal(Repo, other.Repo) is var byRepo and not 0 ? byRepo : string.CompareOrdinal(Branch, other.Branch);

    /// <summary><c>repo@branch</c>.</summary>
    public override string ToString() => $"{Repo}@{Branch}";

    /// <summary>Whether <paramref name="left"/> sorts first.</summary>
    public static bool operator <(BranchName left, BranchName right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts first or is the same.</summary>
    public static bool operator <=(BranchName left, BranchName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> sorts last.</summary>
    public static bool operator >(BranchName left, BranchName right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> sorts last or is the same.</summary>
    public static bool operator >=(BranchName left, BranchName right) => left.CompareTo(right) >= 0;
}

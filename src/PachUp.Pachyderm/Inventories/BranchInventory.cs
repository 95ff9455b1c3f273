using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>A branch.</summary>
public sealed record BranchInventory
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the head commit; null for a branch without commits.</summary>
    public string? Head { get; init; }

    /// <summary>The trigger that moves the branch, from 1.12 on; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TriggerInventory? Trigger { get; init; }

    /// <summary>The direct provenance, sorted.</summary>
    public ImmutableArray<BranchName> DirectProvenance { get; init; } = [];

    /// <summary>The full provenance, direct and indirect, sorted.</summary>
    public ImmutableArray<BranchName> Provenance { get; init; } = [];
}

/// <summary>A branch by repo and name.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Branch">The branch in it.</param>
public readonly record struct BranchName(string Repo, string Branch) : IComparable<BranchName>
{
    /// <summary>The repo that holds the specs of pipelines.</summary>
    public const string SpecRepo = "__spec__";

    /// <summary>Whether the branch has the spec of a pipeline.</summary>
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

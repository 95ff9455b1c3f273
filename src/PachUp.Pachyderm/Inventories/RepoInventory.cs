using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>A repo with its branches and commits.</summary>
public sealed record RepoInventory
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The description; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The size in bytes according to the server. From 1.8 on, this is the size of the head of <c>master</c>; in 1.7, of all branches.</summary>
    public long SizeBytes { get; init; }

    /// <summary>When it was created; after a restore, the time of the restore.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Its branches, by name.</summary>
    public ImmutableArray<BranchInventory> Branches { get; init; } = [];

    /// <summary>Its commits, by id.</summary>
    public ImmutableArray<CommitInventory> Commits { get; init; } = [];

    /// <summary>The branch with that name; null if there is none.</summary>
    public BranchInventory? FindBranch(string name) => NameIndex<BranchInventory>.Find(Branches, branch => branch.Name, name);

    /// <summary>The commit with that id; null if there is none or the id is null.</summary>
    public CommitInventory? FindCommit(string? id) => id is null ? null : NameIndex<CommitInventory>.Find(Commits, commit => commit.Id, id);
}

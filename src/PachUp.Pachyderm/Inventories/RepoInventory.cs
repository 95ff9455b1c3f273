using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>One repo with its branches and commits.</summary>
public sealed record RepoInventory
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What its creator wrote; empty for nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The size that the server states, in bytes: of the head of <c>master</c> from 1.8 on, of all branches in 1.7.</summary>
    public long SizeBytes { get; init; }

    /// <summary>When it was created; after a restore, the time of the restore.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Its branches, by name.</summary>
    public ImmutableArray<BranchInventory> Branches { get; init; } = [];

    /// <summary>Its commits, by id.</summary>
    public ImmutableArray<CommitInventory> Commits { get; init; } = [];

    /// <summary>The branch of that name; null where there is none.</summary>
    public BranchInventory? FindBranch(string name) => NameIndex<BranchInventory>.Find(Branches, branch => branch.Name, name);

    /// <summary>The commit of that id; null where there is none, and for no id.</summary>
    public CommitInventory? FindCommit(string? id) => id is null ? null : NameIndex<CommitInventory>.Find(Commits, commit => commit.Id, id);
}

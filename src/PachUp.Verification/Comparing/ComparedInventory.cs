using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Comparing;

/// <summary>The inventory of a compared place, and which facts this kind of place does not tell.</summary>
/// <param name="Inventory">The inventory.</param>
internal sealed record ComparedInventory(ClusterInventory Inventory)
{
    /// <summary>Whether it comes from an archive.</summary>
    public bool IsArchive { get; init; }

    /// <summary>The access to its objects; null if it is not a live cluster.</summary>
    public ObjectAccess? Access { get; init; }

    /// <summary>Whether it tells which pipelines are stopped.</summary>
    public bool TellsStopped => !IsArchive;

    /// <summary>Whether it tells all facts about commits, output and pipelines: archives before 1.9.6 do not.</summary>
    public bool IsWhole => !IsArchive || ReleaseTraits.Of(Inventory.Release).ExtractsOutputs;

    /// <summary>The output repos of whose content it tells nothing.</summary>
    public ImmutableHashSet<string> SilentOutputs => IsWhole
        ? []
        : [.. Inventory.Repos.Where(repo => repo.Commits.IsEmpty && repo.Branches.IsEmpty && Inventory.FindPipeline(repo.Name) is not null).Select(repo => repo.Name)];
}

using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Comparing;

/// <summary>What a place says a cluster holds, and what that kind of place cannot say.</summary>
/// <param name="Inventory">What it says.</param>
internal sealed record ComparedInventory(ClusterInventory Inventory)
{
    /// <summary>Whether it comes from an archive.</summary>
    public bool IsArchive { get; init; }

    /// <summary>Whether its objects could be listed; null where it is no cluster that answers.</summary>
    public ObjectAccess? Access { get; init; }

    /// <summary>Whether it tells which pipelines are stopped.</summary>
    public bool TellsStopped => !IsArchive;

    /// <summary>Whether it tells everything of commits, output and fields of pipelines: archives before 1.9.6 do not.</summary>
    public bool IsWhole => !IsArchive || ReleaseTraits.Of(Inventory.Release).ExtractsOutputs;

    /// <summary>The pipelines' output repos of which it holds nothing.</summary>
    public ImmutableHashSet<string> SilentOutputs => IsWhole
        ? []
        : [.. Inventory.Repos.Where(repo => repo.Commits.IsEmpty && repo.Branches.IsEmpty && Inventory.FindPipeline(repo.Name) is not null).Select(repo => repo.Name)];
}

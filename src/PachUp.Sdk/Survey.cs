using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>What was found out about the clusters when the plan was made.</summary>
public sealed record Survey
{
    /// <summary>What the source held; in a plan that restores a backup, what the backup keeps.</summary>
    public required ClusterInventory Source { get; init; }

    /// <summary>What the target will hold.</summary>
    public required Foresight Foresight { get; init; }

    /// <summary>What answered at the target's address; null in place, and where nothing answers yet.</summary>
    public TargetState? Target { get; init; }
}

/// <summary>A target as it was found.</summary>
/// <param name="Release">The release that answered.</param>
/// <param name="ClusterId">The id of the cluster.</param>
/// <param name="Repos">How many repos it has.</param>
/// <param name="Pipelines">How many pipelines it has.</param>
public sealed record TargetState(Release Release, string ClusterId, int Repos, int Pipelines)
{
    /// <summary>Whether it has neither repos nor pipelines. (Objects do not count: the bucket may be shared.)</summary>
    public bool IsEmpty => Repos == 0 && Pipelines == 0;
}

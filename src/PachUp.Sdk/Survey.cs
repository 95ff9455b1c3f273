using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>The facts about the clusters when the plan was made.</summary>
public sealed record Survey
{
    /// <summary>The inventory of the source; in a plan that restores a backup, the inventory of the backup.</summary>
    public required ClusterInventory Source { get; init; }

    /// <summary>The predicted content of the target.</summary>
    public required ExpectedTarget ExpectedTarget { get; init; }

    /// <summary>The state of the target; null in place, and if it does not answer yet.</summary>
    public TargetState? Target { get; init; }
}

/// <summary>The state of a target.</summary>
/// <param name="Release">The release that answered.</param>
/// <param name="ClusterId">The id of the cluster.</param>
/// <param name="Repos">How many repos it has.</param>
/// <param name="Pipelines">How many pipelines it has.</param>
public sealed record TargetState(Release Release, string ClusterId, int Repos, int Pipelines)
{
    /// <summary>Whether it has no repos and no pipelines. Objects do not count, because the bucket may be shared.</summary>
    public bool IsEmpty => Repos == 0 && Pipelines == 0;
}

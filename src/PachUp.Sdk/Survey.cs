using System.Collections.Immutable;
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

    /// <summary>The pipelines of the source that are stopped only because a run that did not end stopped them. They count as running.</summary>
    public ImmutableArray<string> StoppedByUnfinishedRuns { get; init; } = [];
}

/// <summary>The state of a target.</summary>
/// <param name="release">The release that answered.</param>
/// <param name="clusterId">The id of the cluster.</param>
/// <param name="repos">How many repos it has.</param>
/// <param name="pipelines">How many pipelines it has.</param>
public sealed class TargetState(Release release, string clusterId, int repos, int pipelines)
{
    /// <summary>The release that answered.</summary>
    public Release Release => release;

    /// <summary>The id of the cluster.</summary>
    public string ClusterId => clusterId;

    /// <summary>How many repos it has.</summary>
    public int Repos => repos;

    /// <summary>How many pipelines it has.</summary>
    public int Pipelines => pipelines;

    /// <summary>Whether it has no repos and no pipelines. Objects do not count, because the bucket may be shared.</summary>
    public bool IsEmpty => repos == 0 && pipelines == 0;
}

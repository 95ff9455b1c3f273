using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Platforms;

/// <summary>The arguments of steps that work on the source by default.</summary>
public sealed record SourceArguments : IChoosesCluster
{
    /// <summary>The cluster on which the step works.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;
}

/// <summary>The arguments of steps that work on the target by default.</summary>
public sealed record TargetArguments : IChoosesCluster
{
    /// <summary>The cluster that clients use from now on.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;
}

/// <summary>The arguments of <c>platform/wait</c>.</summary>
public sealed record WaitArguments : IChoosesCluster
{
    /// <summary>The cluster for which the step waits.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

    /// <summary>The release that must answer.</summary>
    public required Release Release { get; init; }

    /// <summary>The longest time to wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>The arguments of <c>platform/undeploy</c>.</summary>
public sealed record UndeployArguments : IChoosesCluster
{
    /// <summary>The cluster whose deployment is removed.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;

    /// <summary>Whether the volumes are kept. A rollback needs them.</summary>
    public bool KeepVolumes { get; init; } = true;

    /// <summary>The longest time to wait until the platform has removed the deployment.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest time to wait until you have removed it yourself, on the platform <c>external</c>.</summary>
    public TimeSpan TimeoutByHand { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>The arguments of <c>platform/deploy</c>.</summary>
public sealed record DeployArguments : IChoosesCluster
{
    /// <summary>The cluster to deploy.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

    /// <summary>The release to deploy.</summary>
    public required Release Release { get; init; }

    /// <summary>Whether the release starts with empty metadata storage. A migration needs this.</summary>
    public bool FreshMetadata { get; init; }

    /// <summary>The longest time to wait until the release is ready, if the platform deploys it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest time to wait until you have deployed it yourself, on the platform <c>external</c>.</summary>
    public TimeSpan TimeoutByHand { get; init; } = TimeSpan.FromHours(12);
}

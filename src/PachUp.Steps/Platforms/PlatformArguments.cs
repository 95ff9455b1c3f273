using PachUp.Pachyderm;

namespace PachUp.Steps.Platforms;

/// <summary>Arguments that say which cluster of the plan a step works on.</summary>
internal interface IChoosesCluster
{
    ClusterChoice Cluster { get; }
}

/// <summary>What steps take that act on the source, unless told otherwise.</summary>
public sealed record SourceArguments : IChoosesCluster
{
    /// <summary>The cluster that the step acts on.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;
}

/// <summary>What steps take that act on the target, unless told otherwise.</summary>
public sealed record TargetArguments : IChoosesCluster
{
    /// <summary>The cluster that clients are pointed at.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;
}

/// <summary>What <c>platform/wait</c> takes.</summary>
public sealed record WaitArguments : IChoosesCluster
{
    /// <summary>The cluster that is waited for.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

    /// <summary>The release that has to answer.</summary>
    public required Release Release { get; init; }

    /// <summary>When to give up waiting.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>What <c>platform/undeploy</c> takes.</summary>
public sealed record UndeployArguments : IChoosesCluster
{
    /// <summary>The cluster whose deployment is taken away.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;

    /// <summary>Whether its volumes stay. They are what a rollback needs.</summary>
    public bool KeepVolumes { get; init; } = true;

    /// <summary>When to give up waiting until it is gone.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>What <c>platform/deploy</c> takes.</summary>
public sealed record DeployArguments : IChoosesCluster
{
    /// <summary>The cluster that is deployed.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

    /// <summary>The release that is deployed.</summary>
    public required Release Release { get; init; }

    /// <summary>Whether it starts on empty metadata storage, as a migration has to.</summary>
    public bool FreshMetadata { get; init; }

    /// <summary>When to give up waiting until it is ready.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(12);
}

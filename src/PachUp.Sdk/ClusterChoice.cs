namespace PachUp.Sdk;

/// <summary>Which cluster of the plan a step works on.</summary>
public enum ClusterChoice
{
    /// <summary>The cluster that is migrated.</summary>
    Source,

    /// <summary>The cluster that receives its state.</summary>
    Target,
}

/// <summary>Arguments that name the cluster of the plan on which a step works, so that the host can say what happens to which cluster.</summary>
public interface IChoosesCluster
{
    /// <summary>The cluster.</summary>
    ClusterChoice Cluster { get; }
}

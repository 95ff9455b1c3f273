namespace PachUp.Engine.Plans;

/// <summary>Who cannot use the cluster while a plan is carried out.</summary>
public enum Downtime
{
    /// <summary>No downtime.</summary>
    None,

    /// <summary>Writing is not possible. Reading is.</summary>
    Writers,

    /// <summary>The cluster is down from the undeploy of the old release until the restore into the new release is complete.</summary>
    Cluster,
}

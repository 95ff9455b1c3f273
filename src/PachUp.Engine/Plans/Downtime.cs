namespace PachUp.Engine.Plans;

/// <summary>For whom a cluster is away while a plan is carried out.</summary>
public enum Downtime
{
    /// <summary>For nobody.</summary>
    None,

    /// <summary>For those who write; reading goes on.</summary>
    Writers,

    /// <summary>For everybody, from the moment it is undeployed until the new release answers with everything in it.</summary>
    Cluster,
}

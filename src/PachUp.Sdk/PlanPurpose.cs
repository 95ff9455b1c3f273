namespace PachUp.Sdk;

/// <summary>What a plan is for.</summary>
public enum PlanPurpose
{
    /// <summary>Migrates the state of a cluster to a cluster of a later line.</summary>
    Migration,

    /// <summary>Loads files of one cluster into a new one of a later line, without their history.</summary>
    Reload,

    /// <summary>Upgrades a cluster to a later point release of its line, on its existing volumes.</summary>
    Upgrade,

    /// <summary>Saves the state of a cluster in files.</summary>
    Backup,

    /// <summary>Restores the state from a backup into an empty cluster.</summary>
    Restore,
}

/// <summary>Properties of plan purposes.</summary>
public static class PlanPurposes
{
    /// <summary>Whether the plan starts from a live cluster, not from a backup.</summary>
    public static bool ReadsCluster(this PlanPurpose purpose) => purpose is not PlanPurpose.Restore;

    /// <summary>Whether the plan fills a cluster, which has to be empty before.</summary>
    public static bool FillsCluster(this PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Restore;
}

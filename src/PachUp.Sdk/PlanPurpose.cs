namespace PachUp.Sdk;

/// <summary>What a plan is for.</summary>
public enum PlanPurpose
{
    /// <summary>Moves the state of a cluster to a cluster of a later line.</summary>
    Migration,

    /// <summary>Loads files of one cluster into a new one of a later line, without their history.</summary>
    Reload,

    /// <summary>Brings a cluster to a later point release of its line, on the volumes that it has.</summary>
    Upgrade,

    /// <summary>Keeps the state of a cluster in files.</summary>
    Backup,

    /// <summary>Brings the state that a backup keeps into an empty cluster.</summary>
    Restore,
}

/// <summary>Questions about what a plan is for.</summary>
public static class PlanPurposes
{
    /// <summary>Whether what the plan starts from is a cluster that answers, and not a backup.</summary>
    public static bool ReadsCluster(this PlanPurpose purpose) => purpose is not PlanPurpose.Restore;

    /// <summary>Whether the plan fills a cluster that has to be empty before.</summary>
    public static bool FillsCluster(this PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Restore;
}

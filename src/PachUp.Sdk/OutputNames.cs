namespace PachUp.Sdk;

/// <summary>Outputs of steps that the host reads.</summary>
public static class OutputNames
{
    /// <summary>The id of the cluster that a step restored into.</summary>
    public const string Cluster = "cluster";

    /// <summary>How many operations a step sent to the target.</summary>
    public const string Operations = "operations";

    /// <summary>The path of the archive that a step wrote.</summary>
    public const string Archive = "archive";
}

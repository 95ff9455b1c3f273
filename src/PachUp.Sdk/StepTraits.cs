namespace PachUp.Sdk;

/// <summary>What the host has to know about a kind of step before one runs. A step that says nothing gets the careful defaults.</summary>
public sealed record StepTraits
{
    /// <summary>The defaults.</summary>
    public static StepTraits Default { get; } = new();

    /// <summary>
    /// Whether <c>pachup rehearse</c> may execute the step. Declare it only for a step that changes nothing but the clusters that its context gives it, the
    /// run directory, and files that its arguments announce through <see cref="IWritesFiles"/>. A rehearsal only previews every other step.
    /// </summary>
    public bool IsSafeInRehearsal { get; init; }

    /// <summary>Whether the step's work is done by the platform of a cluster, so that a rehearsal cannot tell how long it takes.</summary>
    public bool ActsOnDeployment { get; init; }

    /// <summary>Whether the step keeps clients from writing to the source.</summary>
    public bool KeepsWritersOut { get; init; }

    /// <summary>Whether the step takes the deployment of the source away.</summary>
    public bool RemovesSource { get; init; }

    /// <summary>Whether the step deploys the target.</summary>
    public bool DeploysTarget { get; init; }

    /// <summary>Whether the step restores into the target. Its output <see cref="OutputNames.Cluster"/> says which cluster that was.</summary>
    public bool FillsTarget { get; init; }
}

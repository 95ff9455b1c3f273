namespace PachUp.Sdk;

/// <summary>What the host has to know about a kind of step before one runs. A step without traits gets the safe defaults.</summary>
public sealed class StepTraits
{
    /// <summary>The defaults.</summary>
    public static StepTraits Default { get; } = new();

    /// <summary>
    /// Whether <c>pachup rehearse</c> may execute the step. Set it only if the step changes nothing except the clusters of its context, the run
    /// directory, and files that its arguments announce through <see cref="IWritesFiles"/>. A rehearsal only previews every other step.
    /// </summary>
    public bool IsSafeInRehearsal { get; init; }

    /// <summary>Whether the platform of a cluster does the step's work, so that a rehearsal cannot tell how long it takes.</summary>
    public bool ActsOnDeployment { get; init; }

    /// <summary>Whether the step keeps clients from writing to the source.</summary>
    public bool KeepsWritersOut { get; init; }

    /// <summary>Whether the step lets clients write again, after a step that <see cref="KeepsWritersOut"/>.</summary>
    public bool LetsWritersIn { get; init; }

    /// <summary>
    /// Whether the step writes the state of the source to an archive. If the source has changed since when the target is about to take its place, the host
    /// does the step again first.
    /// </summary>
    public bool ExtractsSource { get; init; }

    /// <summary>Whether the step removes the deployment of the source.</summary>
    public bool RemovesSource { get; init; }

    /// <summary>Whether the step deploys the target.</summary>
    public bool DeploysTarget { get; init; }

    /// <summary>Whether the step restores into the target. Its output <see cref="OutputNames.Cluster"/> tells into which cluster.</summary>
    public bool FillsTarget { get; init; }

    /// <summary>
    /// Whether the step compares the target with the source. After it, the host looks at the source again and stops the run if something was written there
    /// after the extract.
    /// </summary>
    public bool ComparesTarget { get; init; }

    /// <summary>
    /// Whether the step carries what was written to the source after the extract. The host does such a step, with the defaults of its arguments, for
    /// <c>pachup apply --catch-up</c>; then it does the steps again that compare the target.
    /// </summary>
    public bool CatchesUp { get; init; }

    /// <summary>Whether the step makes clients use the target. Before it, the host looks at the source as for <see cref="ComparesTarget"/>.</summary>
    public bool SwitchesClients { get; init; }
}

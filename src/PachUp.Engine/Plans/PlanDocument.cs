using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Arguments;
using PachUp.Engine.Steps.Failing;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>A plan that was read and found right, with what the command line changed in it.</summary>
public sealed record PlanDocument
{
    /// <summary>The file, as it was given.</summary>
    public required string Path { get; init; }

    /// <summary>The file's text, to be kept with a run. With the same <see cref="Overrides"/> it gives the same plan again.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of what the file says, as lower-case hex digits: comments, layout and line ends do not count.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the command line changed.</summary>
    public required PlanOverrides Overrides { get; init; }

    /// <summary>The name of the plan.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; empty where it does not say.</summary>
    public required string Description { get; init; }

    /// <summary>What it is for.</summary>
    public required PlanPurpose Purpose { get; init; }

    /// <summary>What it starts from.</summary>
    public required PlanOrigin From { get; init; }

    /// <summary>Where it leads.</summary>
    public required PlanDestination Destination { get; init; }

    /// <summary>Its parameters, in the order of the file.</summary>
    public required ImmutableArray<PlanParameter> Parameters { get; init; }

    /// <summary>The cluster that is left behind; in a plan of one cluster, that one.</summary>
    public required PlanCluster SourceCluster { get; init; }

    /// <summary>The cluster that is moved to; in a plan of one cluster, that one.</summary>
    public required PlanCluster TargetCluster { get; init; }

    /// <summary>Its steps, in the order in which they are done.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    /// <summary>What look-ups can be answered from before anything was asked or run.</summary>
    public required LookupScope Scope { get; init; }

    /// <summary>Whether the plan has one cluster, which is both source and target.</summary>
    public bool HasOneCluster => Purpose is not (PlanPurpose.Migration or PlanPurpose.Reload);

    /// <summary>Whether the plan takes the deployment of the source away, so that the target can have its place.</summary>
    public bool TakesSourceAway => Steps.Any(step => step.Step.Traits.RemovesSource);

    /// <summary>Whether a step of the plan deploys the target.</summary>
    public bool DeploysTarget => Steps.Any(step => step.Step.Traits.DeploysTarget);

    /// <summary>What the command line changed, with the clusters at these addresses; a plan of one cluster takes the one that it names.</summary>
    public PlanOverrides OverridesAt(string? source, string? target, string? sourcePeer = null, string? targetPeer = null)
    {
        var (hasSource, hasTarget) = (Purpose.ReadsCluster(), !(HasOneCluster && Purpose.ReadsCluster()));
        return Overrides with
        {
            Source = hasSource ? source : null,
            Target = hasTarget ? target : null,
            SourcePeer = hasSource ? sourcePeer : null,
            TargetPeer = hasTarget ? targetPeer : null,
        };
    }

    /// <summary>The environment variables that parameters and steps look up. What they hold counts as secret.</summary>
    public required ImmutableSortedSet<string> SecretVariables { get; init; }

    /// <summary>Takes what secret parameters hold, and what the environment gave to parameters and steps, out of texts.</summary>
    public required Redaction Redaction { get; init; }
}

/// <summary>What a plan starts from.</summary>
public sealed record PlanOrigin
{
    /// <summary>The line; null for any.</summary>
    public ReleaseLine? Line { get; init; }

    /// <summary>The oldest point release of it; null for any.</summary>
    public Release? AtLeast { get; init; }

    /// <summary>The file of the backup that is restored; null where the plan starts from a cluster.</summary>
    public string? Backup { get; init; }
}

/// <summary>A parameter of a plan.</summary>
/// <param name="Name">What <c>--set</c> and look-ups call it.</param>
/// <param name="Description">What it is for; empty where the plan does not say.</param>
/// <param name="Default">Its default as it is written, look-ups and all; null where it has none.</param>
/// <param name="IsSet">Whether the command line gave its value.</param>
public sealed record PlanParameter(string Name, string Description, string? Default, bool IsSet)
{
    /// <summary>Whether its value is never written and never shown.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>A cluster of a plan.</summary>
/// <param name="Name"><c>source</c> or <c>target</c>.</param>
/// <param name="Address">Where its pachd is; empty to look where pachctl looks.</param>
/// <param name="AddressOrigin">Where the address came from, for messages.</param>
/// <param name="Platform">The name of its platform.</param>
public sealed record PlanCluster(string Name, string Address, string AddressOrigin, string Platform)
{
    /// <summary>The platform of a cluster whose plan names none: people deploy it themselves.</summary>
    public const string DefaultPlatform = "external";

    /// <summary>Where its peer port is; empty for none.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Where <see cref="Peer"/> came from, for messages.</summary>
    public string PeerOrigin { get; init; } = "";

    /// <summary>What the plan and the command line say to the platform about it.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One step of a plan.</summary>
/// <param name="Id">Its id, unique in the plan.</param>
/// <param name="Step">What kind of step it is.</param>
/// <param name="Arguments">What it is given.</param>
/// <param name="Position">Where it starts in the file.</param>
public sealed record PlanStep(string Id, StepDescriptor Step, ArgumentTemplate Arguments, PlanPosition Position)
{
    /// <summary>What becomes of the run when the step fails.</summary>
    public FailureReaction OnFailure { get; init; }
}

/// <summary>What becomes of a run when a step fails.</summary>
public enum FailureReaction
{
    /// <summary>It stops there, and can be resumed or rolled back.</summary>
    Stop,

    /// <summary>It is rolled back at once.</summary>
    Rollback,
}

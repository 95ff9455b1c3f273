using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Arguments;
using PachUp.Engine.Steps.Failing;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>A valid plan, including the changes from the command line.</summary>
public sealed record PlanDocument
{
    /// <summary>The path of the file, as the user gave it.</summary>
    public required string Path { get; init; }

    /// <summary>The text of the file. Runs keep it. With the same <see cref="Overrides"/> it gives the same plan again.</summary>
    public required string Text { get; init; }

    /// <summary>The SHA-256 of the plan's content as lower-case hex digits. Comments, layout and line ends do not change it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The changes from the command line.</summary>
    public required PlanOverrides Overrides { get; init; }

    /// <summary>The name of the plan.</summary>
    public required string Name { get; init; }

    /// <summary>The description; empty if the plan has none.</summary>
    public required string Description { get; init; }

    /// <summary>The purpose.</summary>
    public required PlanPurpose Purpose { get; init; }

    /// <summary>The source releases that the plan accepts, or the backup that it restores.</summary>
    public required PlanOrigin From { get; init; }

    /// <summary>The release that the plan migrates to.</summary>
    public required PlanDestination Destination { get; init; }

    /// <summary>Whether the plan itself says that the target replaces the source at its address.</summary>
    public bool SaysInPlace { get; init; }

    /// <summary>Its parameters, in the order of the file.</summary>
    public required ImmutableArray<PlanParameter> Parameters { get; init; }

    /// <summary>The source cluster; in a plan of one cluster, that cluster.</summary>
    public required PlanCluster SourceCluster { get; init; }

    /// <summary>The target cluster; in a plan of one cluster, that cluster.</summary>
    public required PlanCluster TargetCluster { get; init; }

    /// <summary>The steps, in the order in which they run.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    /// <summary>The values of look-ups that are known before the clusters are asked.</summary>
    public required LookupScope Scope { get; init; }

    /// <summary>Whether the plan has one cluster, which is both source and target.</summary>
    public bool HasOneCluster => Purpose is not (PlanPurpose.Migration or PlanPurpose.Reload);

    /// <summary>Whether the plan undeploys the source, so that the target can take its address.</summary>
    public bool TakesSourceAway => Steps.Any(step => step.Step.Traits.RemovesSource);

    /// <summary>Whether a step of the plan deploys the target.</summary>
    public bool DeploysTarget => Steps.Any(step => step.Step.Traits.DeploysTarget);

    /// <summary>The changes from the command line, with these addresses for the clusters. A plan of one cluster uses only the address of that cluster.</summary>
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

    /// <summary>The environment variables that parameters and steps look up. Their values count as secret.</summary>
    public required ImmutableSortedSet<string> SecretVariables { get; init; }

    /// <summary>Removes the values of secret parameters and of environment variables from texts.</summary>
    public required Redaction Redaction { get; init; }
}

/// <summary>The source of a plan.</summary>
public sealed record PlanOrigin
{
    /// <summary>The line of the source; null for any.</summary>
    public ReleaseLine? Line { get; init; }

    /// <summary>The oldest point release of the line that the plan accepts; null for any.</summary>
    public Release? AtLeast { get; init; }

    /// <summary>The path of the backup to restore; null if the source is a cluster.</summary>
    public string? Backup { get; init; }
}

/// <summary>A parameter of a plan.</summary>
/// <param name="Name">The name, which <c>--set</c> and look-ups use.</param>
/// <param name="Description">The description; empty if the plan has none.</param>
/// <param name="Default">The default as written in the plan, including look-ups; null if it has none.</param>
/// <param name="IsSet">Whether the command line gave its value.</param>
public sealed record PlanParameter(string Name, string Description, string? Default, bool IsSet)
{
    /// <summary>Whether the value is secret. A secret is never stored and never shown.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>A cluster of a plan.</summary>
/// <param name="Name"><c>source</c> or <c>target</c>.</param>
/// <param name="Address">The address of pachd; empty to find it as pachctl does.</param>
/// <param name="AddressOrigin">Where the address came from, for messages.</param>
/// <param name="Platform">The name of its platform.</param>
public sealed record PlanCluster(string Name, string Address, string AddressOrigin, string Platform)
{
    /// <summary>The default platform: an operator deploys the cluster.</summary>
    public const string DefaultPlatform = "external";

    /// <summary>The address of the peer port; empty for none.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Where <see cref="Peer"/> came from, for messages.</summary>
    public string PeerOrigin { get; init; } = "";

    /// <summary>The settings for the platform, from the plan and the command line.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One step of a plan.</summary>
/// <param name="Id">Its id, unique in the plan.</param>
/// <param name="Step">What kind of step it is.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Position">Its position in the file.</param>
public sealed record PlanStep(string Id, StepDescriptor Step, ArgumentTemplate Arguments, PlanPosition Position)
{
    /// <summary>What happens to the run when the step fails.</summary>
    public FailureReaction OnFailure { get; init; }

    /// <summary>The cluster that the step works on; null if its arguments name none, or are known only during the run.</summary>
    internal ClusterChoice? ChosenCluster(LookupScope scope) => (Arguments.ResolveForPreview(scope) as IChoosesCluster)?.Cluster;
}

/// <summary>What happens to a run when a step fails.</summary>
public enum FailureReaction
{
    /// <summary>The run stops. It can be resumed or rolled back.</summary>
    Stop,

    /// <summary>The run is rolled back immediately.</summary>
    Rollback,
}

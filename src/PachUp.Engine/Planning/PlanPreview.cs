using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// What a plan will do to its clusters, step by step, with all findings. It is computed once, shown to the user, and carried out exactly as shown.
/// </summary>
public sealed record PlanPreview
{
    /// <summary>The plan's name.</summary>
    public required string PlanName { get; init; }

    /// <summary>The plan's description.</summary>
    public required string Description { get; init; }

    /// <inheritdoc cref="PlanDocument.Sha256"/>
    public required string PlanSha256 { get; init; }

    /// <summary>The plan's purpose.</summary>
    public PlanPurpose Purpose { get; init; }

    /// <summary>The source cluster; in a plan that restores a backup, the backup.</summary>
    public required ClusterFacts Source { get; init; }

    /// <summary>The target cluster.</summary>
    public required ClusterFacts Target { get; init; }

    /// <summary>Whether the target takes the address of the source.</summary>
    public required bool IsInPlace { get; init; }

    /// <summary>Whether the plan takes the source down and puts another release in its place.</summary>
    public bool ReplacesSource => IsInPlace && Purpose is not PlanPurpose.Backup;

    /// <summary>The cluster whose name confirms that the user means it: the source; if the source is a backup, the target.</summary>
    [JsonIgnore]
    public ClusterFacts ClusterToConfirm => Purpose.ReadsCluster() ? Source : Target;

    /// <summary>The release of the target; the release of the source if the plan does not change the release.</summary>
    public required Release TargetRelease { get; init; }

    /// <summary>The backup that is restored; null for none.</summary>
    public BackupFacts? Backup { get; init; }

    /// <summary>Whether the content of all files is sent to the target. Otherwise the target reads it from the bucket.</summary>
    public bool CarriesObjects { get; init; }

    /// <summary>The parameters with their values; secret ones are masked.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The results of all checks.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Everything that will be different on the target, item by item.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    /// <summary>The checks whose warnings the command line accepts, beside those that the plan file accepts.</summary>
    public ImmutableArray<string> Accepted { get; init; } = [];

    /// <summary>What does not work while the plan is carried out; empty if nothing stops.</summary>
    public ImmutableArray<Outage> Outages { get; init; } = [];

    /// <summary>The steps in order; empty if a check refused.</summary>
    public ImmutableArray<PlannedStep> Steps { get; init; } = [];

    /// <summary>The id of the cluster that a run locks; null if it is not known yet.</summary>
    internal string? WorksOn => Purpose.ReadsCluster() ? Source.ClusterId : Target.ClusterId;

    /// <summary>Whether a check refused the plan. Then the plan cannot be applied.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Result.Outcome == CheckOutcome.Refused);

    /// <summary>
    /// The hash of the preview, 12 hex digits. The same plan for the same clusters with the same findings has the same hash. <c>apply --expect</c>
    /// refuses a plan with another hash.
    /// </summary>
    public string Hash => PlanFingerprint.Of(this);

    /// <summary>A text with the addresses as they are compared and hashed, and not as people on this machine read them.</summary>
    internal string WithIdentities(string text) => Target.WithIdentity(Source.WithIdentity(text));
}

/// <summary>A cluster and what it answered.</summary>
/// <param name="Address">The address as it is compared, hashed and stored.</param>
/// <param name="Origin">Where the address came from.</param>
/// <param name="Platform">The platform that deploys it.</param>
/// <param name="Release">The release; null if the cluster did not answer.</param>
/// <param name="ClusterId">The id; null if the cluster did not answer.</param>
/// <param name="Contents">What it holds; null if the cluster did not answer.</param>
public sealed record ClusterFacts(string Address, string Origin, string Platform, Release? Release, string? ClusterId, ClusterContents? Contents)
{
    /// <summary>Whether its objects can be listed, and through which port; null if the cluster was not asked.</summary>
    public ObjectAccess? Objects { get; init; }

    /// <summary>What people call the cluster, and type to confirm that they mean it.</summary>
    public string Name { get; init; } = Address;

    /// <summary>The address for people, if it is another text than <see cref="Address"/>; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>The address as people read it.</summary>
    [JsonIgnore]
    public string ShownAddress => Description ?? Address;

    /// <summary>Whether a text that a user typed means this cluster: its name, its address or its id.</summary>
    public bool IsCalled(string text) => text.Length > 0 && (text == Name || text == Address || text == Description || text == ClusterId);

    /// <summary>A text with the <see cref="Address"/> in the place of its description.</summary>
    internal string WithIdentity(string text) => Description is null ? text : text.Replace(Description, Address, StringComparison.Ordinal);

    /// <summary>A cluster of which only the address is known.</summary>
    internal static ClusterFacts Unanswered(PlannedCluster cluster) =>
        new(cluster.Address.Identity, cluster.Address.Origin, cluster.Platform.Name, Release: null, ClusterId: null, Contents: null)
        {
            Name = cluster.Address.Name,
            Description = cluster.Address.ToString() is var shown && shown != cluster.Address.Identity ? shown : null,
        };
}

/// <summary>A backup.</summary>
/// <param name="Path">The path of its archive.</param>
/// <param name="Sha256">The SHA-256 of the archive according to the manifest.</param>
/// <param name="ExtractedAt">When the archive was extracted.</param>
public sealed record BackupFacts(string Path, string Sha256, DateTimeOffset ExtractedAt);

/// <summary>How much a cluster holds.</summary>
/// <param name="Repos">The number of repos, without <c>__spec__</c>.</param>
/// <param name="Branches">The number of branches.</param>
/// <param name="Commits">The number of commits, including open commits.</param>
/// <param name="Pipelines">The number of pipelines.</param>
/// <param name="Bytes">The sum of the sizes of the repos.</param>
public sealed record ClusterContents(int Repos, int Branches, int Commits, int Pipelines, long Bytes)
{
    /// <summary>The counts of an inventory.</summary>
    public static ClusterContents Of(ClusterInventory inventory) => new(
        inventory.Repos.Length,
        inventory.CountBranches(),
        inventory.CountCommits(),
        inventory.Pipelines.Length,
        inventory.Repos.Sum(repo => repo.SizeBytes));
}

/// <summary>A check and its result.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Question">The question that the check answers.</param>
/// <param name="Result">The result.</param>
/// <param name="Accepted">Whether the plan accepts a warning of this check.</param>
public sealed record Finding(string Check, string Question, CheckResult Result, bool Accepted)
{
    /// <inheritdoc cref="ICheck.IsAboutThisMachine"/>
    public bool IsAboutThisMachine { get; init; }

    /// <summary>
    /// The finding, accepted if the plan accepts its check. Only a warning can be accepted, or a refusal that allows it; that refusal becomes a
    /// warning.
    /// </summary>
    internal Finding AcceptedBy(IReadOnlySet<string> names) =>
        names.Contains(Check) && Result.WhenAccepted() is { } accepted ? this with { Accepted = true, Result = accepted } : this;
}

/// <summary>A step of the plan and what it will do.</summary>
/// <param name="Id">The id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="Preview">What it will do.</param>
/// <param name="IsRevertible">Whether it can be undone.</param>
public sealed record PlannedStep(string Id, string Uses, StepPreview Preview, bool IsRevertible)
{
    /// <summary>What happens to the run when the step fails.</summary>
    public FailureReaction OnFailure { get; init; }
}

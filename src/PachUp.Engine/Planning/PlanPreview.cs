using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// A plan, applied in thought to two clusters: what would happen, step by step, and everything that was found. It is computed once, shown, and
/// carried out as shown.
/// </summary>
public sealed record PlanPreview
{
    /// <summary>The plan's name.</summary>
    public required string PlanName { get; init; }

    /// <summary>What the plan is for.</summary>
    public required string Description { get; init; }

    /// <inheritdoc cref="PlanDocument.Sha256"/>
    public required string PlanSha256 { get; init; }

    /// <summary>What the plan is for.</summary>
    public PlanPurpose Purpose { get; init; }

    /// <summary>The source as it answered; in a plan that restores a backup, the backup.</summary>
    public required ClusterFacts Source { get; init; }

    /// <summary>The target as it answered.</summary>
    public required ClusterFacts Target { get; init; }

    /// <summary>Whether the target takes the address of the source.</summary>
    public required bool IsInPlace { get; init; }

    /// <summary>The release that is moved to; that of the source where the plan moves nothing.</summary>
    public required Release TargetRelease { get; init; }

    /// <summary>The backup that is restored; null for none.</summary>
    public BackupFacts? Backup { get; init; }

    /// <summary>Whether the content of all files travels along; otherwise the target finds it in the bucket.</summary>
    public bool CarriesObjects { get; init; }

    /// <summary>The parameters with their values; secret ones are masked.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The answers to all checks.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Everything that will not arrive as it is, item by item.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    /// <summary>The steps in their order; empty where a refusal makes them pointless to work out.</summary>
    public ImmutableArray<PlannedStep> Steps { get; init; } = [];

    /// <summary>The id of the cluster that only one run at a time may work on; null while it is not known.</summary>
    internal string? WorksOn => Purpose.ReadsCluster() ? Source.ClusterId : Target.ClusterId;

    /// <summary>Whether a check refused: then nothing of it will be carried out.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Result.Outcome == CheckOutcome.Refused);

    /// <summary>
    /// The fingerprint of all this, 12 hex digits: the same plan for the same clusters with the same findings has the same one, so that
    /// <c>apply --expect</c> can refuse to carry out anything but what was shown.
    /// </summary>
    public string Hash => PlanFingerprint.Of(this);
}

/// <summary>A cluster as it answered.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Origin">Where the address came from.</param>
/// <param name="Platform">How it is deployed.</param>
/// <param name="Release">The release; null where nothing answered.</param>
/// <param name="ClusterId">The id; null where nothing answered.</param>
/// <param name="Contents">What it holds; null where nothing answered.</param>
public sealed record ClusterFacts(string Address, string Origin, string Platform, Release? Release, string? ClusterId, ClusterContents? Contents)
{
    /// <summary>Whether its objects can be listed, and through which port; null where it was not asked.</summary>
    public ObjectAccess? Objects { get; init; }

    /// <summary>A cluster of which nothing but its address is known yet.</summary>
    internal static ClusterFacts Unanswered(PlannedCluster cluster) =>
        new(cluster.Address.ToString(), cluster.Address.Origin, cluster.Platform.Name, Release: null, ClusterId: null, Contents: null);
}

/// <summary>A backup as it was found.</summary>
/// <param name="Path">Its archive file.</param>
/// <param name="Sha256">SHA-256 of that, as the manifest has it.</param>
/// <param name="ExtractedAt">When it was made.</param>
public sealed record BackupFacts(string Path, string Sha256, DateTimeOffset ExtractedAt);

/// <summary>What a cluster holds, by count.</summary>
/// <param name="Repos">Repos but <c>__spec__</c>.</param>
/// <param name="Branches">Branches.</param>
/// <param name="Commits">Commits, open ones included.</param>
/// <param name="Pipelines">Pipelines.</param>
/// <param name="Bytes">The sizes of the repos, added up.</param>
public sealed record ClusterContents(int Repos, int Branches, int Commits, int Pipelines, long Bytes)
{
    /// <summary>What an inventory holds.</summary>
    public static ClusterContents Of(ClusterInventory inventory) => new(
        inventory.Repos.Length,
        inventory.CountBranches(),
        inventory.CountCommits(),
        inventory.Pipelines.Length,
        inventory.Repos.Sum(repo => repo.SizeBytes));
}

/// <summary>A check and its answer.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Question">What it asked.</param>
/// <param name="Result">The answer.</param>
/// <param name="Accepted">Whether the plan accepts a warning of this name beforehand.</param>
public sealed record Finding(string Check, string Question, CheckResult Result, bool Accepted)
{
    /// <inheritdoc cref="ICheck.IsAboutThisMachine"/>
    public bool IsAboutThisMachine { get; init; }

    /// <summary>
    /// The finding, accepted where its name is among those that the plan accepts and it is a warning, or a refusal that may be accepted, which is a
    /// warning then.
    /// </summary>
    internal Finding AcceptedBy(IReadOnlySet<string> names) =>
        names.Contains(Check) && Result.WhenAccepted() is { } accepted ? this with { Accepted = true, Result = accepted } : this;
}

/// <summary>A step of the plan and what it would do.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="Preview">What it would do.</param>
/// <param name="IsRevertible">Whether it can be undone.</param>
public sealed record PlannedStep(string Id, string Uses, StepPreview Preview, bool IsRevertible)
{
    /// <summary>What becomes of the run when it fails.</summary>
    public FailureReaction OnFailure { get; init; }
}

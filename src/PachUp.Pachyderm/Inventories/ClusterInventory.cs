using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// The content of a cluster in a canonical form: lists are sorted by name or id, so that two inventories of the same state are equal and have the
/// same JSON (<see cref="InventoryFile"/>). Times, states and other values that change by themselves are included, but ignored in comparisons
/// (<see cref="InventoryDifference"/>).
/// </summary>
public sealed record ClusterInventory
{
    /// <summary>The release of the server.</summary>
    public required Release Release { get; init; }

    /// <summary>The id of the cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>All repos except <c>__spec__</c>, by name.</summary>
    public ImmutableArray<RepoInventory> Repos { get; init; } = [];

    /// <summary>All pipelines, by name.</summary>
    public ImmutableArray<PipelineInventory> Pipelines { get; init; } = [];

    /// <summary>The number of objects; null if they were not counted.</summary>
    public long? Objects { get; init; }

    /// <summary>The number of tags; null if they were not counted.</summary>
    public long? Tags { get; init; }

    /// <summary>The files that were read completely, by repo, branch and path; empty for none.</summary>
    public ImmutableArray<FileProbe> Probes { get; init; } = [];

    /// <summary>The directories with a header or a footer; null if the inventory does not include them or the release has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeaderSurvey? Headers { get; init; }

    /// <summary>The number of branches in all repos.</summary>
    public int CountBranches() => Repos.Sum(repo => repo.Branches.Length);

    /// <summary>The number of commits in all repos, including open commits.</summary>
    public int CountCommits() => Repos.Sum(repo => repo.Commits.Length);

    /// <summary>The repo with that name; null if there is none.</summary>
    public RepoInventory? FindRepo(string name) => NameIndex<RepoInventory>.Find(Repos, repo => repo.Name, name);

    /// <summary>The pipeline with that name; null if there is none.</summary>
    public PipelineInventory? FindPipeline(string name) => NameIndex<PipelineInventory>.Find(Pipelines, pipeline => pipeline.Name, name);
}

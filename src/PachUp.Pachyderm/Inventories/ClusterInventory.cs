using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// What a cluster holds, in canonical form: lists are sorted by name or id, so that two inventories of the same state are equal and
/// serialize to the same bytes (<see cref="InventoryFile"/>). Times, states and other things that change by themselves are kept for
/// reading but do not count when inventories are compared (<see cref="InventoryDifference"/>).
/// </summary>
public sealed record ClusterInventory
{
    /// <summary>The release of the server.</summary>
    public required Release Release { get; init; }

    /// <summary>The id of the cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>All repos but <c>__spec__</c>, by name.</summary>
    public ImmutableArray<RepoInventory> Repos { get; init; } = [];

    /// <summary>All pipelines, by name.</summary>
    public ImmutableArray<PipelineInventory> Pipelines { get; init; } = [];

    /// <summary>How many objects there are; null where they were not counted.</summary>
    public long? Objects { get; init; }

    /// <summary>How many tags there are; null where they were not counted.</summary>
    public long? Tags { get; init; }

    /// <summary>Files that were read end to end, by repo, branch and path; empty where none were.</summary>
    public ImmutableArray<FileProbe> Probes { get; init; } = [];

    /// <summary>Directories with a header or a footer; null where they were not looked for, or the release has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeaderSurvey? Headers { get; init; }

    /// <summary>How many branches the repos have.</summary>
    public int CountBranches() => Repos.Sum(repo => repo.Branches.Length);

    /// <summary>How many commits the repos have, open ones included.</summary>
    public int CountCommits() => Repos.Sum(repo => repo.Commits.Length);

    /// <summary>The repo of that name; null where there is none.</summary>
    public RepoInventory? FindRepo(string name) => NameIndex<RepoInventory>.Find(Repos, repo => repo.Name, name);

    /// <summary>The pipeline of that name; null where there is none.</summary>
    public PipelineInventory? FindPipeline(string name) => NameIndex<PipelineInventory>.Find(Pipelines, pipeline => pipeline.Name, name);
}

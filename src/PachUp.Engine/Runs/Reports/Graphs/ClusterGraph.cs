using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Engine.Runs.Reports.Graphs;

/// <summary>The repos and pipelines of a source, what each pipeline reads, and what happened to each of them.</summary>
/// <param name="Nodes">Every repo and pipeline, by name. A pipeline and its output repo are one node.</param>
/// <param name="Edges">What reads what, as positions in <paramref name="Nodes"/>.</param>
public sealed record ClusterGraph(ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges)
{
    /// <summary>The graph of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="fates">What happened to its items.</param>
    internal static ClusterGraph Of(ClusterInventory source, NodeFates fates)
    {
        var pipelines = source.Pipelines.Select(pipeline => pipeline.Name).ToHashSet(StringComparer.Ordinal);
        var names = source.Repos.Select(repo => repo.Name).Union(pipelines, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var positions = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        return new ClusterGraph(
            [.. names.Select(name => fates.NodeOf(name, isPipeline: pipelines.Contains(name)))],
            [
                .. Reads(source)
                    .Where(read => read.From != read.To && positions.ContainsKey(read.From) && positions.ContainsKey(read.To))
                    .Select(read => new GraphEdge(positions[read.From], positions[read.To]))
                    .Distinct()
                    .OrderBy(edge => edge.From)
                    .ThenBy(edge => edge.To),
            ]);
    }

    /// <summary>
    /// What reads what, by the inputs in the specs and by the provenance of branches: a stopped pipeline leaves an output branch without provenance, and
    /// repos that people fill may have provenance without a pipeline.
    /// </summary>
    private static IEnumerable<(string From, string To)> Reads(ClusterInventory source) =>
    [
        .. source.Pipelines.SelectMany(pipeline => PipelineInputs.Branches(pipeline.Info).Select(input => (input.Repo, pipeline.Name))),
        .. from repo in source.Repos
           from branch in repo.Branches
           from origin in branch.DirectProvenance
           where !origin.IsSpec
           select (origin.Repo, repo.Name),
    ];
}

/// <summary>A repo, or a pipeline with its output repo.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsPipeline">Whether it is a pipeline.</param>
/// <param name="Fate">The worst that happened to it or to something in it.</param>
/// <param name="Notes">What happened in detail; empty if there is nothing to say.</param>
public sealed record GraphNode(string Name, bool IsPipeline, NodeFate Fate, ImmutableArray<string> Notes);

/// <summary>A pipeline reads a repo.</summary>
/// <param name="From">The position of what is read.</param>
/// <param name="To">The position of what reads it.</param>
public readonly record struct GraphEdge(int From, int To);

/// <summary>What happened to a repo or a pipeline. A later value is worse.</summary>
public enum NodeFate
{
    /// <summary>The run was not verified.</summary>
    NotVerified,

    /// <summary>It arrived unchanged.</summary>
    Arrived,

    /// <summary>It arrived, with changes that the plan announced.</summary>
    Changed,

    /// <summary>The target computes its output again.</summary>
    Recomputed,

    /// <summary>It was left out, as the plan announced.</summary>
    LeftOut,

    /// <summary>It, or something in it, has other content than announced.</summary>
    Different,

    /// <summary>It, or something in it, is lost.</summary>
    Lost,
}

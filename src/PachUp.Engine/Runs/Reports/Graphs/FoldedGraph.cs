using System.Collections.Immutable;
using PachUp.Common.Text;

namespace PachUp.Engine.Runs.Reports.Graphs;

/// <summary>
/// A graph that is small enough to draw. A large cluster is folded: nodes of the same kind with the same fate become one group with their number, and
/// only nodes with losses keep their names.
/// </summary>
/// <param name="Nodes">The nodes and groups.</param>
/// <param name="Edges">What reads what, as positions in <paramref name="Nodes"/>.</param>
/// <param name="IsFolded">Whether nodes were put into groups.</param>
internal sealed record FoldedGraph(ImmutableArray<DrawnNode> Nodes, ImmutableArray<GraphEdge> Edges, bool IsFolded)
{
    /// <summary>The largest number of nodes that are drawn one by one.</summary>
    public const int MostNodes = 200;

    /// <summary>The largest number of edges that are drawn one by one.</summary>
    public const int MostEdges = 600;

    /// <summary>The largest number of nodes with losses that keep their names in a folded graph.</summary>
    public const int MostNamed = 40;

    /// <summary>Folds a graph if it is large.</summary>
    public static FoldedGraph Of(ClusterGraph graph) => graph.Nodes.Length <= MostNodes && graph.Edges.Length <= MostEdges
        ? new FoldedGraph([.. graph.Nodes.Select(DrawnNode.Single)], graph.Edges, IsFolded: false)
        : Fold(graph);

    private static FoldedGraph Fold(ClusterGraph graph)
    {
        var named = graph.Nodes.Where(IsLoss).Take(MostNamed).Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = graph.Nodes.GroupBy(node => KeyOf(node, named)).OrderBy(group => group.First().Fate).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var (place, group) in groups.Index())
        {
            places.Add(group.Key, place);
        }

        var placeOf = graph.Nodes.Select(node => places[KeyOf(node, named)]).ToArray();
        return new FoldedGraph(
            [.. groups.Select(group => group.ToList()).Select(nodes => nodes is [var only] && named.Contains(only.Name) ? DrawnNode.Single(only) : DrawnNode.Group(nodes))],
            [
                .. graph.Edges
                    .Where(edge => !graph.Nodes[edge.From].IsPipeline && graph.Nodes[edge.To].IsPipeline)
                    .Select(edge => new GraphEdge(placeOf[edge.From], placeOf[edge.To]))
                    .Distinct(),
            ],
            IsFolded: true);
    }

    private static bool IsLoss(GraphNode node) => node.Fate is NodeFate.Lost or NodeFate.Different;

    /// <summary>What is drawn as one. The kind comes first, because a repo can have the name of a group.</summary>
    private static string KeyOf(GraphNode node, HashSet<string> named) =>
        named.Contains(node.Name) ? $"name {node.Name}" : $"group {(node.IsPipeline ? "pipeline" : "repo")} {node.Fate}";
}

/// <summary>A node of a drawing.</summary>
/// <param name="Label">The name of the node, or the number and the kind of a group.</param>
/// <param name="IsPipeline">Whether it is a pipeline, or a group of pipelines.</param>
/// <param name="Fate">What happened to it.</param>
/// <param name="Notes">What happened in detail.</param>
internal sealed record DrawnNode(string Label, bool IsPipeline, NodeFate Fate, ImmutableArray<string> Notes)
{
    public static DrawnNode Single(GraphNode node) => new(node.Name, node.IsPipeline, node.Fate, node.Notes);

    public static DrawnNode Group(IReadOnlyCollection<GraphNode> nodes)
    {
        var first = nodes.First();
        return new DrawnNode(Words.Count(nodes.Count, first.IsPipeline ? "pipeline" : "repo"), first.IsPipeline, first.Fate, [])
        {
            IsGroup = true,
        };
    }

    /// <summary>Whether it stands for several nodes, or for one without its name.</summary>
    public bool IsGroup { get; init; }
}

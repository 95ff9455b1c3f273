using PachUp.Engine.Runs.Reports.Graphs;
using PachUp.Engine.Runs.Reports.Html;

namespace PachUp.Engine.Tests.Runs.Reports.Graphs;

public class FoldedGraphTests
{
    [Fact]
    public void A_cluster_of_200_nodes_is_drawn_node_by_node()
    {
        var graph = Large(repos: 20, pipelines: 180);

        var folded = FoldedGraph.Of(graph);

        Assert.False(folded.IsFolded);
        Assert.Equal(graph.Nodes.Select(node => node.Name), folded.Nodes.Select(node => node.Label));
        Assert.Equal(graph.Edges, folded.Edges);
    }

    [Fact]
    public void A_cluster_of_2000_nodes_is_folded_by_kind_and_fate_and_losses_keep_their_names()
    {
        var graph = Large(repos: 500, pipelines: 1500);
        graph = graph with { Nodes = graph.Nodes.SetItem(7, graph.Nodes[7] with { Fate = NodeFate.Lost }).SetItem(1999, graph.Nodes[1999] with { Fate = NodeFate.Different }) };

        var folded = FoldedGraph.Of(graph);

        Assert.True(folded.IsFolded);
        Assert.Equal(
            ["499 repos", "1,499 pipelines", "pipeline-1499", "repo-0007"],
            folded.Nodes.Select(node => node.Label));
        Assert.Equal([new GraphEdge(0, 1), new GraphEdge(0, 2), new GraphEdge(3, 1)], folded.Edges.OrderBy(edge => edge.From).ThenBy(edge => edge.To));
    }

    [Fact]
    public void A_drawing_of_a_folded_cluster_is_small_even_if_everything_is_lost()
    {
        var graph = Large(repos: 1000, pipelines: 1000);
        graph = graph with { Nodes = [.. graph.Nodes.Select(node => node with { Fate = NodeFate.Lost })] };

        var folded = FoldedGraph.Of(graph);
        var html = new HtmlWriter();
        GraphDrawing.Write(html, folded);

        Assert.Equal(FoldedGraph.MostNamed + 2, folded.Nodes.Length);
        Assert.InRange(html.ToString().Length, 1, 100_000);
        Assert.InRange(GraphLayout.Of(folded.Nodes.Length, folded.Edges).Height, 1, 3000);
    }

    [Fact]
    public void Few_nodes_with_many_edges_are_folded_too()
    {
        var nodes = Large(repos: 60, pipelines: 60);

        var folded = FoldedGraph.Of(nodes with { Edges = [.. from repo in Enumerable.Range(0, 60) from pipeline in Enumerable.Range(60, 60) select new GraphEdge(repo, pipeline)] });

        Assert.Equal(["60 repos", "60 pipelines"], folded.Nodes.Select(node => node.Label));
    }

    private static ClusterGraph Large(int repos, int pipelines) => new(
        [
            .. Enumerable.Range(0, repos).Select(number => new GraphNode($"repo-{number:0000}", IsPipeline: false, NodeFate.Arrived, [])),
            .. Enumerable.Range(0, pipelines).Select(number => new GraphNode($"pipeline-{number:0000}", IsPipeline: true, NodeFate.Recomputed, [])),
        ],
        [.. Enumerable.Range(0, pipelines).Select(number => new GraphEdge(number % repos, repos + number))]);
}

using PachUp.Engine.Runs.Reports.Graphs;
using PachUp.Engine.Runs.Reports.Html;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

public class GraphLayoutTests
{
    public static TheoryData<int, int, int> Graphs => new()
    {
        { 1, 0, 1 },
        { 20, 24, 2 },
        { 20, 60, 3 },
        { 200, 180, 4 },
        { 200, 600, 5 },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void No_two_boxes_overlap_and_all_are_in_the_drawing(int nodes, int edges, int seed)
    {
        var layout = GraphLayout.Of(nodes, Forward(nodes, edges, seed));

        Assert.Equal(nodes, layout.Boxes.Length);
        Assert.All(layout.Boxes, box => Assert.True(box.X >= 0 && box.Y >= 0 && box.X + GraphLayout.BoxWidth <= layout.Width && box.Y + GraphLayout.BoxHeight <= layout.Height));
        Assert.DoesNotContain(
            from first in layout.Boxes.Index()
            from second in layout.Boxes.Index()
            where first.Index < second.Index
            select (first.Item, second.Item),
            pair => Math.Abs(pair.Item1.X - pair.Item2.X) < GraphLayout.BoxWidth && Math.Abs(pair.Item1.Y - pair.Item2.Y) < GraphLayout.BoxHeight);
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Every_edge_goes_right_from_the_box_that_is_read_to_the_box_that_reads(int nodes, int edges, int seed)
    {
        var graph = Forward(nodes, edges, seed);

        var layout = GraphLayout.Of(nodes, graph);

        Assert.Equal(graph.Count, layout.Routes.Length);
        Assert.Equal(0, layout.Dropped);
        Assert.All(layout.Routes.Zip(graph), route =>
        {
            Assert.Equal(layout.Boxes[route.Second.From].X + GraphLayout.BoxWidth, route.First[0].X);
            Assert.Equal(layout.Boxes[route.Second.To].X, route.First[^1].X);
            Assert.All(route.First.Zip(route.First.Skip(1)), pair => Assert.True(pair.First.X < pair.Second.X));
        });
    }

    [Fact]
    public void An_edge_that_passes_a_column_crosses_none_of_its_boxes()
    {
        GraphEdge[] edges = [new(0, 1), new(1, 2), new(2, 3), new(0, 3)];

        var layout = GraphLayout.Of(4, edges);

        var passing = layout.Routes[3];
        Assert.Equal(6, passing.Length);
        Assert.DoesNotContain(passing[1..^1], point => layout.Boxes.Any(box =>
            point.X >= box.X && point.X <= box.X + GraphLayout.BoxWidth && point.Y >= box.Y && point.Y <= box.Y + GraphLayout.BoxHeight));
    }

    [Fact]
    public void Edges_of_a_circle_that_lead_back_are_left_out()
    {
        GraphEdge[] edges = [new(0, 1), new(1, 2), new(2, 0), new(2, 3)];

        var layout = GraphLayout.Of(4, edges);

        Assert.Equal(1, layout.Dropped);
        Assert.Equal(3, layout.Routes.Length);
        Assert.True(layout.Boxes[0].X < layout.Boxes[1].X && layout.Boxes[1].X < layout.Boxes[2].X && layout.Boxes[2].X < layout.Boxes[3].X);
    }

    [Fact]
    public void A_chain_has_a_column_for_each_of_its_nodes()
    {
        var layout = GraphLayout.Of(20, [.. Enumerable.Range(0, 19).Select(node => new GraphEdge(node, node + 1))]);

        Assert.Equal(20, layout.Boxes.Select(box => box.X).Distinct().Count());
    }

    [Fact]
    public void A_graph_without_nodes_is_an_empty_drawing() => Assert.Empty(GraphLayout.Of(0, []).Boxes);

    /// <summary>Edges between pseudo-random nodes, each from a lower to a higher position.</summary>
    private static List<GraphEdge> Forward(int nodes, int edges, int seed)
    {
        var random = new Random(seed);
        var graph = new HashSet<GraphEdge>();
        while (graph.Count < edges)
        {
            var (one, other) = (random.Next(nodes), random.Next(nodes));
            if (one != other)
            {
                graph.Add(new GraphEdge(Math.Min(one, other), Math.Max(one, other)));
            }
        }

        return [.. graph];
    }
}

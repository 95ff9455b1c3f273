using System.Collections.Immutable;
using PachUp.Engine.Runs.Reports.Graphs;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>
/// Places the nodes of a graph in columns: what is read is left of what reads it. Edges that pass a column have a place of their own in it, so that they
/// cross no box. Nodes without edges are below the others.
/// </summary>
internal sealed class GraphLayout
{
    /// <summary>The width of a box.</summary>
    public const int BoxWidth = 164;

    /// <summary>The height of a box.</summary>
    public const int BoxHeight = 26;

    private const int ColumnStep = BoxWidth + 46;
    private const int RowStep = BoxHeight + 10;
    private const int PassingStep = 12;
    private const int Margin = 4;
    private const int LeastColumns = 4;
    private const int Sweeps = 6;

    private readonly int _nodes;
    private readonly List<GraphEdge> _edges;
    private readonly int[] _columnOf;

    private GraphLayout(int nodes, IReadOnlyCollection<GraphEdge> edges)
    {
        _nodes = nodes;
        _edges = GraphOrder.WithoutCircles(nodes, edges);
        _columnOf = GraphOrder.ColumnsOf(nodes, _edges);
        var isolated = Enumerable.Range(0, nodes).Except(_edges.SelectMany(edge => new[] { edge.From, edge.To })).ToList();
        var (columns, routes) = Slots(isolated);
        Sort(columns);
        Boxes = [.. Place(columns, isolated)];
        Routes = [.. routes.Select(RouteOf)];
        Width = Boxes.Select(box => box.X + BoxWidth).DefaultIfEmpty(0).Max() + Margin;
        Height = Boxes.Select(box => box.Y + BoxHeight).Concat(columns.SelectMany(column => column).Select(slot => slot.Y + PassingStep)).DefaultIfEmpty(0).Max() + Margin;
        Dropped = edges.Count - _edges.Count;
    }

    /// <summary>The box of each node, in the order of the nodes.</summary>
    public ImmutableArray<Place> Boxes { get; }

    /// <summary>The points of each edge, from left to right. An edge is level from the 2nd to the 3rd point, from the 4th to the 5th, and so on.</summary>
    public ImmutableArray<ImmutableArray<Place>> Routes { get; }

    /// <summary>The width in pixels.</summary>
    public int Width { get; }

    /// <summary>The height in pixels.</summary>
    public int Height { get; }

    /// <summary>The number of edges that are not drawn, because they lead back to where they come from.</summary>
    public int Dropped { get; }

    /// <summary>Places a graph.</summary>
    /// <param name="nodes">The number of nodes.</param>
    /// <param name="edges">The edges.</param>
    public static GraphLayout Of(int nodes, IReadOnlyCollection<GraphEdge> edges) => new(nodes, edges);

    /// <summary>The slots of each column: one for each node, and one for each edge that passes. Each route is the slots of an edge.</summary>
    private (List<List<Slot>> Columns, List<List<Slot>> Routes) Slots(List<int> isolated)
    {
        var nodes = Enumerable.Range(0, _nodes).Select(node => new Slot(_columnOf[node], isNode: true, node)).ToArray();
        var columns = Enumerable.Range(0, _columnOf.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<Slot>()).ToList();
        foreach (var node in nodes.Where(node => !isolated.Contains(node.Node)))
        {
            columns[node.Column].Add(node);
        }

        var routes = new List<List<Slot>>();
        foreach (var edge in _edges)
        {
            var route = new List<Slot> { nodes[edge.From] };
            for (var column = _columnOf[edge.From] + 1; column < _columnOf[edge.To]; column++)
            {
                var passing = new Slot(column, isNode: false, edge.From);
                columns[column].Add(passing);
                route.Add(passing);
            }

            route.Add(nodes[edge.To]);
            foreach (var (left, right) in route.Zip(route.Skip(1)))
            {
                left.Right.Add(right);
                right.Left.Add(left);
            }

            routes.Add(route);
        }

        return (columns, routes);
    }

    /// <summary>Puts each slot near the middle of its neighbours, column by column, to and fro. This leaves few crossings.</summary>
    private static void Sort(List<List<Slot>> columns)
    {
        Number(columns);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var isForward = sweep % 2 == 0;
            foreach (var column in isForward ? columns : columns.AsEnumerable().Reverse())
            {
                var sorted = column.OrderBy(slot => slot.MiddleOf(isForward ? slot.Left : slot.Right)).ToList();
                column.Clear();
                column.AddRange(sorted);
                Number(column);
            }
        }
    }

    private static void Number(List<List<Slot>> columns) => columns.ForEach(Number);

    private static void Number(List<Slot> column)
    {
        foreach (var (row, slot) in column.Index())
        {
            slot.Row = (row + 0.5) / column.Count;
        }
    }

    private Place[] Place(List<List<Slot>> columns, List<int> isolated)
    {
        var boxes = new Place[_nodes];
        var heights = columns.Select(column => column.Sum(slot => slot.Height)).ToList();
        var tallest = heights.DefaultIfEmpty(0).Max();
        foreach (var (number, column) in columns.Index())
        {
            var y = Margin + ((tallest - heights[number]) / 2);
            foreach (var slot in column)
            {
                (slot.X, slot.Y) = (Margin + (number * ColumnStep), y);
                y += slot.Height;
                if (slot.IsNode)
                {
                    boxes[slot.Node] = new Place(slot.X, slot.Y);
                }
            }
        }

        var across = Math.Max(LeastColumns, _edges.Count == 0 ? 0 : columns.Count);
        foreach (var (number, node) in isolated.Index())
        {
            boxes[node] = new Place(Margin + (number % across * ColumnStep), Margin + tallest + (number / across * RowStep));
        }

        return boxes;
    }

    private static ImmutableArray<Place> RouteOf(List<Slot> route) =>
    [
        new Place(route[0].X + BoxWidth, route[0].Middle),
        .. route[1..^1].SelectMany(slot => new[] { new Place(slot.X, slot.Middle), new Place(slot.X + BoxWidth, slot.Middle) }),
        new Place(route[^1].X, route[^1].Middle),
    ];

    /// <summary>A place in a column: a node, or an edge that passes.</summary>
    private sealed class Slot(int column, bool isNode, int node)
    {
        public int Column => column;

        public bool IsNode => isNode;

        public int Node => node;

        public List<Slot> Left { get; } = [];

        public List<Slot> Right { get; } = [];

        /// <summary>Where it is in its column, from 0 to 1.</summary>
        public double Row { get; set; }

        public int X { get; set; }

        public int Y { get; set; }

        public int Height => isNode ? RowStep : PassingStep;

        public int Middle => Y + ((isNode ? BoxHeight : PassingStep) / 2);

        public double MiddleOf(List<Slot> neighbours) => neighbours.Count == 0 ? Row : neighbours.Average(slot => slot.Row);
    }
}

/// <summary>A place in a drawing, in pixels from its top left corner.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
internal readonly record struct Place(int X, int Y);

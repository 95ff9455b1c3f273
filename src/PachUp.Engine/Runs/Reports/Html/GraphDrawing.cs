using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Reports.Graphs;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>Draws repos and pipelines, with what happened to each as a colour and as a sign.</summary>
internal static class GraphDrawing
{
    private const int TextColumns = 20;
    private const int TextFrom = 24;
    private const int SignFrom = 9;
    private const int Bend = 20;

    public static void Write(HtmlWriter html, FoldedGraph graph)
    {
        var layout = GraphLayout.Of(graph.Nodes.Length, graph.Edges);
        html.Begin("figure", ("class", "graph"));
        html.Begin("div");
        html.Begin(
            "svg",
            ("viewBox", $"0 0 {layout.Width} {layout.Height}"),
            ("width", $"{layout.Width}"),
            ("height", $"{layout.Height}"),
            ("role", "img"),
            ("aria-label", "The repos and pipelines, and what happened to each"));
        foreach (var route in layout.Routes)
        {
            html.Element("path", "", ("class", "edge"), ("d", PathOf(route)));
        }

        foreach (var (node, box) in graph.Nodes.Zip(layout.Boxes))
        {
            WriteNode(html, node, box);
        }

        html.End();
        html.End();
        WriteLegend(html, graph, layout);
        html.End();
    }

    private static void WriteNode(HtmlWriter html, DrawnNode node, Place box)
    {
        var look = LookOf(node.Fate);
        html.Begin("g");
        html.Element("title", string.Join("; ", [$"{node.Label}: {FateText.WordsOf(node.Fate)}", .. node.Notes]));
        html.Element(
            "rect",
            "",
            ("class", look),
            ("x", $"{box.X}"),
            ("y", $"{box.Y}"),
            ("width", $"{GraphLayout.BoxWidth}"),
            ("height", $"{GraphLayout.BoxHeight}"),
            ("rx", node.IsPipeline ? "13" : "2"));
        var baseline = $"{box.Y + (GraphLayout.BoxHeight / 2) + 4}";
        html.Element("text", FateText.SignOf(node.Fate), ("class", look), ("x", $"{box.X + SignFrom}"), ("y", baseline));
        Svg.Text(html, box.X + TextFrom, baseline, node.Label, TextColumns, look);
        html.End();
    }

    private static void WriteLegend(HtmlWriter html, FoldedGraph graph, GraphLayout layout)
    {
        html.Begin("figcaption");
        foreach (var fate in graph.Nodes.Select(node => node.Fate).Distinct().Order())
        {
            html.Element("span", $"{FateText.SignOf(fate)} {FateText.WordsOf(fate)}", ("class", LookOf(fate)));
        }

        html.Text($"Square: repo. Round: pipeline.{(layout.Dropped > 0 ? $" {Words.Count(layout.Dropped, "edge")} of a circle cannot be drawn." : "")}");
        html.End();
    }

    /// <summary>Curves between columns, level lines inside of them.</summary>
    private static string PathOf(ImmutableArray<Place> route)
    {
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{route[0].X} {route[0].Y}"));
        foreach (var (index, (from, to)) in route.Zip(route.Skip(1)).Index())
        {
            _ = index % 2 == 0
                ? path.Append(CultureInfo.InvariantCulture, $"C{from.X + Bend} {from.Y} {to.X - Bend} {to.Y} {to.X} {to.Y}")
                : path.Append(CultureInfo.InvariantCulture, $"H{to.X}");
        }

        return path.ToString();
    }

    private static string LookOf(NodeFate fate) => fate switch
    {
        NodeFate.NotVerified => "warning",
        NodeFate.Arrived => "good",
        NodeFate.Changed => "muted",
        NodeFate.Recomputed => "info",
        NodeFate.LeftOut => "gone",
        _ => "bad",
    };
}

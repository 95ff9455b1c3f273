using System.Globalization;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Reports.Graphs;

namespace PachUp.Engine.Runs.Reports.Outlines;

/// <summary>The part of a report about repos and pipelines: the drawing, and a table with the same facts.</summary>
internal static class GraphOutline
{
    public static void Write(OutlineBuilder outline, ClusterGraph? graph)
    {
        if (graph is null || graph.Nodes.IsEmpty)
        {
            return;
        }

        var pipelines = graph.Nodes.Count(node => node.IsPipeline);
        var folded = FoldedGraph.Of(graph);
        outline.Heading("Repos and pipelines");
        outline.Paragraph(
            $"{Words.Count(graph.Nodes.Length - pipelines, "repo")} and {Words.Count(pipelines, "pipeline")} with their output repos. A pipeline reads what is to its left."
            + (folded.IsFolded ? " The cluster is large: nodes of one kind with the same outcome are one box, and up to "
                + $"{FoldedGraph.MostNamed} nodes with losses have a box of their own." : ""));
        outline.Add(new ReportBlock.Graph(folded));
        if (folded.IsFolded)
        {
            outline.Table(["Kind", "Outcome", "Number"], graph.Nodes.GroupBy(node => (node.IsPipeline, node.Fate)).OrderBy(group => group.Key).Select(group => new[]
            {
                KindOf(group.Key.IsPipeline),
                FateText.WordsOf(group.Key.Fate),
                group.Count().ToString("#,0", CultureInfo.InvariantCulture),
            }));
        }
        else
        {
            outline.Table(["Name", "Kind", "Outcome", "What"], graph.Nodes.Select(node => new[]
            {
                node.Name,
                KindOf(node.IsPipeline),
                FateText.WordsOf(node.Fate),
                string.Join(", ", node.Notes),
            }));
        }
    }

    private static string KindOf(bool isPipeline) => isPipeline ? "pipeline" : "repo";
}

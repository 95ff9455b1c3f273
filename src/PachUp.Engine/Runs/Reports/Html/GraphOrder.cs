using PachUp.Engine.Runs.Reports.Graphs;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>Puts the nodes of a graph in order, so that every edge leads forward.</summary>
internal static class GraphOrder
{
    /// <summary>
    /// The edges without those that lead back to where they come from. A real cluster has no such edges, but the names in an archive can say anything.
    /// </summary>
    public static List<GraphEdge> WithoutCircles(int nodes, IReadOnlyCollection<GraphEdge> edges)
    {
        var rank = RanksOf(nodes, edges);
        return [.. edges.Where(edge => rank[edge.From] < rank[edge.To])];
    }

    /// <summary>The column of each node: one more than the last column of what it reads. Without circles, there is such a column for each.</summary>
    public static int[] ColumnsOf(int nodes, IReadOnlyCollection<GraphEdge> edges)
    {
        var rank = RanksOf(nodes, edges);
        var columns = new int[nodes];
        foreach (var edge in edges.OrderBy(edge => rank[edge.From]))
        {
            columns[edge.To] = Math.Max(columns[edge.To], columns[edge.From] + 1);
        }

        return columns;
    }

    /// <summary>Counts through the nodes, each after what it reads. In a circle, the first node goes first, as if it read nothing more.</summary>
    private static int[] RanksOf(int nodes, IReadOnlyCollection<GraphEdge> edges)
    {
        var readers = edges.ToLookup(edge => edge.From, edge => edge.To);
        var unread = new int[nodes];
        foreach (var edge in edges)
        {
            unread[edge.To]++;
        }

        var rank = new int[nodes];
        var waiting = new SortedSet<int>(Enumerable.Range(0, nodes));
        var ready = new SortedSet<int>(waiting.Where(node => unread[node] == 0));
        for (var next = 0; next < nodes; next++)
        {
            var node = ready.Count > 0 ? ready.Min : waiting.Min;
            waiting.Remove(node);
            ready.Remove(node);
            rank[node] = next;
            foreach (var reader in readers[node].Where(waiting.Contains))
            {
                if (--unread[reader] == 0)
                {
                    ready.Add(reader);
                }
            }
        }

        return rank;
    }
}

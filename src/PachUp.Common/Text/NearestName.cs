namespace PachUp.Common.Text;

/// <summary>Finds the most similar name for a suggestion.</summary>
public static class NearestName
{
    /// <summary>The candidate that is most similar to <paramref name="name"/>; null if none is similar enough.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="candidates">The valid names.</param>
    public static string? Of(string name, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Tolerance(name, candidate.Name))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>The largest distance for a suggestion: a third of the longer name, but less than the length of the shorter name.</summary>
    private static int Tolerance(string name, string candidate)
    {
        var longer = Math.Max(name.Length, candidate.Length);
        return Math.Min(longer - 1, Math.Max(1, longer / 3));
    }

    /// <summary>The number of insertions, deletions, replacements, and swaps of neighbours that turn one text into the other.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(cost, a, b, i, j);
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Cheapest(int[,] cost, string a, string b, int i, int j)
    {
        var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var cheapest = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(cheapest, cost[i - 2, j - 2] + 1) : cheapest;
    }
}

namespace PachUp.Architecture.Tests;

/// <summary>What holds for the folders inside a project: each uses only those to its left, and no folder has a circle in it.</summary>
public static class FolderRules
{
    /// <summary>The name that the root of a project has in an order of folders.</summary>
    public const string Root = "(root)";

    /// <summary>Everything that breaks the rules, one sentence each.</summary>
    /// <param name="uses">Which type uses which.</param>
    /// <param name="order">The folders at the top of the project; each may use itself and those before it.</param>
    public static IReadOnlyList<string> Violations(IReadOnlyCollection<TypeUse> uses, IReadOnlyList<string> order)
    {
        var folders = uses.SelectMany(use => new[] { use.From.Folder, use.To.Folder }).Distinct().ToList();
        return
        [
            .. folders.Select(TopOf).Distinct().Except(order).Select(folder => $"The order does not name the folder \"{folder}\"."),
            .. uses.Where(use => IsUpwards(use, order)).Select(use => $"{TopOf(use.To.Folder)} is not left of {TopOf(use.From.Folder)}: {use}").Order(StringComparer.Ordinal),
            .. folders.SelectMany(WithParents).Where(folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal)
                .Select(folder => CircleIn(folder, uses)).OfType<string>(),
        ];
    }

    private static bool IsUpwards(TypeUse use, IReadOnlyList<string> order)
    {
        var (from, to) = (order.ToList().IndexOf(TopOf(use.From.Folder)), order.ToList().IndexOf(TopOf(use.To.Folder)));
        return from >= 0 && to > from;
    }

    private static string TopOf(string folder) => folder.Length == 0 ? Root : folder.Split('.')[0];

    /// <summary>The circle between the folders directly inside a folder, with the files of the folder itself as one of them; null where there is none.</summary>
    private static string? CircleIn(string folder, IEnumerable<TypeUse> uses)
    {
        var arrows = uses
            .Where(use => IsIn(use.From.Folder, folder) && IsIn(use.To.Folder, folder))
            .Select(use => (From: ChildOf(use.From.Folder, folder), To: ChildOf(use.To.Folder, folder), Use: use))
            .Where(arrow => arrow.From != arrow.To)
            .DistinctBy(arrow => (arrow.From, arrow.To))
            .ToLookup(arrow => arrow.From, arrow => (arrow.To, arrow.Use));
        var path = arrows.Select(group => PathBack(group.Key, arrows)).FirstOrDefault(found => found is not null);
        return path is null ? null : $"There is a circle in {folder}: {string.Join("; ", path)}";
    }

    /// <summary>The shortest way from a folder back to itself, breadth first; null where there is none.</summary>
    private static IReadOnlyList<TypeUse>? PathBack(string start, ILookup<string, (string To, TypeUse Use)> arrows)
    {
        var seen = new HashSet<string>();
        var next = new Queue<(string Folder, IReadOnlyList<TypeUse> Path)>([(start, [])]);
        while (next.TryDequeue(out var step))
        {
            foreach (var (to, use) in arrows[step.Folder])
            {
                IReadOnlyList<TypeUse> path = [.. step.Path, use];
                if (to == start)
                {
                    return path;
                }

                if (seen.Add(to))
                {
                    next.Enqueue((to, path));
                }
            }
        }

        return null;
    }

    private static bool IsIn(string folder, string parent) => folder == parent || folder.StartsWith(parent + ".", StringComparison.Ordinal);

    private static string ChildOf(string folder, string parent) => folder == parent ? Root : folder[(parent.Length + 1)..].Split('.')[0];

    private static IEnumerable<string> WithParents(string folder)
    {
        for (var end = folder.Length; end > 0; end = folder.LastIndexOf('.', end - 1))
        {
            yield return folder[..end];
        }
    }
}

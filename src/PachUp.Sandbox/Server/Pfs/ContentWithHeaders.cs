using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The content of files in 1.7, where directories have headers and footers. The files of a directory stand between the headers and the footers of that
/// directory and of all above it. A directory can be read like a file if it or one above it has a header or footer.
/// </summary>
internal static class ContentWithHeaders
{
    /// <summary>The parts of the content of files and directories.</summary>
    /// <param name="tree">All files of the commit.</param>
    /// <param name="matched">What a path matches.</param>
    /// <exception cref="PachdError">The path matches only directories without headers and footers.</exception>
    public static IReadOnlyList<ContentPart> Of(HashTree tree, IReadOnlyList<(string Path, TreeNode Node)> matched)
    {
        var parts = new List<ContentPart>();
        var open = new Stack<(string Path, string? Footer)>();
        foreach (var (path, node) in matched.OrderBy(found => found.Path, StringComparer.Ordinal))
        {
            while (open.TryPeek(out var directory) && !IsIn(path, directory.Path))
            {
                Add(parts, open.Pop().Footer);
            }

            foreach (var directory in DirectoriesTo(path, node).Where(directory => !open.Any(known => known.Path == directory)))
            {
                var shared = tree.Get(directory).Shared;
                Add(parts, shared?.Header);
                open.Push((directory, shared?.Footer));
            }

            parts.AddRange(tree.ContentOf(path).Parts);
        }

        while (open.TryPop(out var directory))
        {
            Add(parts, directory.Footer);
        }

        return parts.Count > 0 || matched.Any(found => !found.Node.IsDirectory) ? parts : throw new PachdError("cannot read directory, no header or footer");
    }

    private static bool IsIn(string path, string directory) => path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    /// <summary>The directories on the way to a path, without the root, which has no header. A directory is part of its own way.</summary>
    private static IEnumerable<string> DirectoriesTo(string path, TreeNode node)
    {
        for (var end = path.IndexOf('/', 1); path.Length > 0 && end > 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }

        if (node.IsDirectory && path.Length > 0)
            yield return path;
    }

    private static void Add(List<ContentPart> parts, string? hash)
    {
        if (!string.IsNullOrEmpty(hash))
            parts.Add(new ContentPart(hash, null));
    }
}

using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The content of files as 1.7 gives it: what comes of a directory, be it one file or many, stands between the headers and the footers of the directory and
/// of all above it. A directory itself can be read where it or one above it has any.
/// </summary>
internal static class HeadedContent
{
    /// <summary>The parts that files and directories consist of.</summary>
    /// <param name="tree">All files of the commit.</param>
    /// <param name="matched">What a path matches.</param>
    /// <exception cref="PachdError">There is nothing but directories without headers and footers.</exception>
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

    /// <summary>The directories on the way to a path, itself included where it is one; the root has no header.</summary>
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

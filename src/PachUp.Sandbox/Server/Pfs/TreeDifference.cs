using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Compares trees by the hashes of their nodes.</summary>
internal static class TreeDifference
{
    /// <summary>The files of one tree that another tree lacks or has with other content; with <c>shallow</c> only what is directly at the path.</summary>
    public static IEnumerable<(string Path, TreeNode Node)> OnlyInFirst(HashTree first, HashTree second, string path, string otherPath, bool shallow)
    {
        var (root, otherRoot) = (TreePaths.Clean(path), TreePaths.Clean(otherPath));
        return from found in shallow && first.Find(root) is { IsDirectory: true } ? first.List(root) : first.Walk(root)
               where shallow || !found.Node.IsDirectory
               let other = second.Find(otherRoot + found.Path[root.Length..])
               where other is null || !other.Hash.Span.SequenceEqual(found.Node.Hash.Span)
               select (TreePaths.External(found.Path), found.Node);
    }
}

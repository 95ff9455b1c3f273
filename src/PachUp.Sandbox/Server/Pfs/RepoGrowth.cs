using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The growth of a repo's size by a commit, in releases where the size counts everything that was ever put into the repo.</summary>
internal static class RepoGrowth
{
    /// <summary>The bytes in new and changed files.</summary>
    public static ulong Between(HashTree before, HashTree after) =>
        (ulong)after.All.Where(file => !file.Node.IsDirectory && !Equals(before.Find(file.Path), file.Node)).Sum(file => file.Node.Size);

    private static bool Equals(TreeNode? before, TreeNode after) => before is not null && before.Hash.Span.SequenceEqual(after.Hash.Span);
}

using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>What a commit adds to the size of its repo where that counts all that was ever put into it.</summary>
internal static class RepoGrowth
{
    /// <summary>The bytes in the files that are new or changed.</summary>
    public static ulong Between(HashTree before, HashTree after) =>
        (ulong)after.All.Where(file => !file.Node.IsDirectory && !Equals(before.Find(file.Path), file.Node)).Sum(file => file.Node.Size);

    private static bool Equals(TreeNode? before, TreeNode after) => before is not null && before.Hash.Span.SequenceEqual(after.Hash.Span);
}

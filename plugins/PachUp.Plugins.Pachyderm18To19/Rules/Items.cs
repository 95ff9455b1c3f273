using PachUp.Pachyderm.Inventories;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>The items that announcements are about.</summary>
internal static class Items
{
    public static InventoryItem Repo(string repo, string detail = "") => new(ItemKind.Repo, repo, detail);

    public static InventoryItem Branch(string repo, string branch, string detail = "") => new(ItemKind.Branch, $"{repo}@{branch}", detail);

    public static InventoryItem Commit(string repo, string commit, string detail = "") => new(ItemKind.Commit, $"{repo}@{commit}", detail);

    public static InventoryItem Pipeline(string pipeline, string detail = "") => new(ItemKind.Pipeline, pipeline, detail);

    /// <summary><c>1 commit</c>, <c>3 commits</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

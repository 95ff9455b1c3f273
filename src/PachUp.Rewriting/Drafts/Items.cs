using System.Globalization;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Rewriting.Drafts;

/// <summary>Creates the items of announcements.</summary>
public static class Items
{
    /// <summary>A repo.</summary>
    public static InventoryItem Repo(string repo, string detail = "") => new(ItemKind.Repo, repo, detail);

    /// <summary>A branch of a repo.</summary>
    public static InventoryItem Branch(string repo, string branch, string detail = "") => new(ItemKind.Branch, $"{repo}@{branch}", detail);

    /// <summary>A commit of a repo.</summary>
    public static InventoryItem Commit(string repo, string commit, string detail = "") => new(ItemKind.Commit, $"{repo}@{commit}", detail);

    /// <summary>A pipeline.</summary>
    public static InventoryItem Pipeline(string pipeline, string detail = "") => new(ItemKind.Pipeline, pipeline, detail);

    /// <summary><c>12,288 bytes</c>.</summary>
    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} bytes");

    /// <summary><c>1 commit</c>, <c>3 commits</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>The result for a file.</summary>
/// <param name="Fate">The result.</param>
/// <param name="Item">The file, with the difference.</param>
/// <param name="BytesRead">The number of bytes that were read on each side.</param>
internal sealed record FileVerdict(FileResult Fate, InventoryItem Item, long BytesRead = 0)
{
    public static FileVerdict Of(ComparedCommit commit, string path, FileResult fate, string detail = "", long bytesRead = 0) =>
        new(fate, new InventoryItem(ItemKind.File, $"{commit}:{path}", detail), bytesRead);
}

/// <summary>The possible results for a file.</summary>
internal enum FileResult
{
    /// <summary>It exists with equal bytes.</summary>
    Kept,

    /// <summary>It does not exist, or cannot be read.</summary>
    Lost,

    /// <summary>It has other content.</summary>
    Changed,

    /// <summary>It exists, but not on the source.</summary>
    Added,

    /// <summary>It is listed but was not read, because the byte limit was reached.</summary>
    NotRead,
}

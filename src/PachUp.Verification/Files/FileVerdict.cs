using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>What became of a file.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Item">The file, with what is different about it.</param>
/// <param name="BytesRead">How many bytes of it were read on each side.</param>
internal sealed record FileVerdict(FileFate Fate, InventoryItem Item, long BytesRead = 0)
{
    public static FileVerdict Of(ComparedCommit commit, string path, FileFate fate, string detail = "", long bytesRead = 0) =>
        new(fate, new InventoryItem(ItemKind.File, $"{commit}:{path}", detail), bytesRead);
}

/// <summary>What can become of a file.</summary>
internal enum FileFate
{
    /// <summary>It is there, byte for byte.</summary>
    Kept,

    /// <summary>It is not there, or cannot be read.</summary>
    Lost,

    /// <summary>It is there with another content.</summary>
    Changed,

    /// <summary>It is there although the source does not have it.</summary>
    Added,

    /// <summary>It is listed, and was not read, because the budget was used up.</summary>
    NotRead,
}

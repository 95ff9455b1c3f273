using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>The result of a comparison of files.</summary>
public sealed record FilesCompared
{
    /// <summary>The number of commits.</summary>
    public long Commits { get; init; }

    /// <summary>The number of files of the source in them; a file counts once for each commit.</summary>
    public long Files { get; init; }

    /// <summary>The number of files that the target has with equal bytes.</summary>
    public long Kept { get; init; }

    /// <summary>The number of further files that were listed but not read, because the byte limit was reached.</summary>
    public long NotRead { get; init; }

    /// <summary>Whether the files were read only on the target, because there was no source to compare with.</summary>
    public bool IsOfTargetAlone { get; init; }

    /// <summary>The number of bytes that were read on each side. Equal content of several commits is read once.</summary>
    public long BytesRead { get; init; }

    /// <summary>The seed of the random choice, to choose the same files again; null if all files were compared.</summary>
    public int? Seed { get; init; }

    /// <summary>Files that are missing or cannot be read; at most 1000.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>Files with other content, and files that the source does not have; at most 1000.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];
}

using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>What a comparison of files found.</summary>
public sealed record FilesCompared
{
    /// <summary>How many commits were looked into.</summary>
    public long Commits { get; init; }

    /// <summary>How many files the source has in them, a file counting once for each commit.</summary>
    public long Files { get; init; }

    /// <summary>How many of them the target has, byte for byte.</summary>
    public long Kept { get; init; }

    /// <summary>How many more there are that were listed and not read, because the budget was used up.</summary>
    public long NotRead { get; init; }

    /// <summary>Whether the files were read on the target alone, since no source was there to compare them with.</summary>
    public bool IsOfTargetAlone { get; init; }

    /// <summary>How many bytes were read on each side. Content that several commits share is read once.</summary>
    public long BytesRead { get; init; }

    /// <summary>What the random choice of files began with, to choose the same ones again; null where all were compared.</summary>
    public int? Seed { get; init; }

    /// <summary>Files that are not there or cannot be read, the first thousand.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>Files with another content, and files that the source does not have, the first thousand.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];
}

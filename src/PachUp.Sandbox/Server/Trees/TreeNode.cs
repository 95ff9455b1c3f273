using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>A file or a directory of a commit.</summary>
internal sealed record TreeNode
{
    /// <summary>The last part of the path; empty for the root.</summary>
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of the content; empty where it must be computed.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Bytes in this file, or in all files of this directory.</summary>
    public long Size { get; init; }

    /// <summary>The hashes of the objects that make up a file; null for a directory.</summary>
    public IReadOnlyList<string>? Objects { get; init; }

    /// <summary>The ranges of blocks that make up a file that a worker wrote; empty for a file of objects and for a directory.</summary>
    public IReadOnlyList<BlockRef> BlockRefs { get; init; } = [];

    /// <summary>The header and footer of all files of a directory; null for none.</summary>
    public SharedParts? Shared { get; init; }

    /// <summary>Whether a file has the header and footer of its directory.</summary>
    public bool HasSharedParts { get; init; }

    public bool IsDirectory => Objects is null;

    public string TypeName => IsDirectory ? "directory" : "file";
}

/// <summary>
/// The header and footer of the files that one file was split into; an empty hash stands for an empty header or footer. In 1.7 they belong to all files
/// below the directory, and do not count in its hash.
/// </summary>
internal sealed record SharedParts(string? Header, long HeaderSize, string? Footer, long FooterSize)
{
    /// <summary>Whether they are as in 1.7.</summary>
    public bool IsOfAllBelow { get; init; }
}

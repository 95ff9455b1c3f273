using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>A file or a directory of a commit.</summary>
internal sealed record TreeNode
{
    /// <summary>The last part of the path; empty for the root.</summary>
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of what the node stands for; empty where it has to be computed.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Bytes in this file, or in all files of this directory.</summary>
    public long Size { get; init; }

    /// <summary>The hashes of the objects that make up a file; null for a directory.</summary>
    public IReadOnlyList<string>? Objects { get; init; }

    /// <summary>The ranges of blocks that make up a file that a worker wrote; empty for a file of objects and for a directory.</summary>
    public IReadOnlyList<BlockRef> BlockRefs { get; init; } = [];

    /// <summary>What all files of a directory begin and end with; null where they share nothing.</summary>
    public SharedParts? Shared { get; init; }

    /// <summary>Whether a file begins or ends with what its directory says.</summary>
    public bool HasSharedParts { get; init; }

    public bool IsDirectory => Objects is null;

    public string TypeName => IsDirectory ? "directory" : "file";
}

/// <summary>
/// The header and footer of the files of a directory that one file was split into; an empty hash stands for an empty one. In 1.7 they are those of all files
/// below the directory, whoever put them, and do not count in its hash.
/// </summary>
internal sealed record SharedParts(string? Header, long HeaderSize, string? Footer, long FooterSize)
{
    /// <summary>Whether they are as in 1.7.</summary>
    public bool IsOfAllBelow { get; init; }
}

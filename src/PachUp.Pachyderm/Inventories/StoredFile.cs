using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>A file of a commit, and where its content is in the bucket.</summary>
/// <param name="Path">The path, from <c>/</c>.</param>
/// <param name="Objects">The hashes of the objects with its content, for files that users wrote.</param>
/// <param name="Blocks">The parts of blocks with its content, for output of workers of 1.8 and later.</param>
public sealed record StoredFile(string Path, ImmutableArray<string> Objects, ImmutableArray<BlockPart> Blocks);

/// <summary>A part of a block.</summary>
/// <param name="Block">The id of the block.</param>
/// <param name="End">Where the part ends, in bytes from the start of the block.</param>
public readonly record struct BlockPart(string Block, long End);

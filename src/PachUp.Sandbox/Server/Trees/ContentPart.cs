using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>Where a part of a file's content lies: in an object or, where a worker wrote the file, in a range of a block.</summary>
/// <param name="Object">The hash of the object; null for a range of a block.</param>
/// <param name="Block">The range of a block; null for an object.</param>
internal readonly record struct ContentPart(string? Object, BlockRef? Block);

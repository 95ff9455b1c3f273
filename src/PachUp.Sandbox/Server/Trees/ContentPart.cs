using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>Where a part of a file's content is: in an object, or in a range of a block where a worker wrote the file.</summary>
/// <param name="Object">The hash of the object; null for a range of a block.</param>
/// <param name="Block">The range of a block; null for an object.</param>
internal readonly record struct ContentPart(string? Object, BlockRef? Block);

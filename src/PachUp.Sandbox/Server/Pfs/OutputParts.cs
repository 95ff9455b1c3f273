using System.Text;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The files of an output commit as workers of 1.8 and later write them: a tree in parts, each with an index in a file beside its block.
/// Servers read output through these indexes, so output without them cannot be read. The trees name blocks with the files' content, not objects.
/// </summary>
internal sealed class OutputParts(Pachd pachd)
{
    /// <summary>Updates the hashes of a tree and writes it in parts.</summary>
    /// <param name="tree">All files of the commit.</param>
    /// <param name="count">How many parts, at least one.</param>
    public IReadOnlyList<Wire.Object> Write(HashTree tree, int count)
    {
        tree.Hash();
        var parts = tree.All.ToLookup(node => NumberOf(node.Path, count));
        return [.. Enumerable.Range(0, count).Select(number => WriteNodes(parts[number]))];
    }

    /// <summary>Writes the parts of a commit whose job had no datums. They are empty and do not even have a root.</summary>
    public IReadOnlyList<Wire.Object> WriteEmpty(int count) => [.. Enumerable.Range(0, count).Select(_ => WriteNodes([]))];

    /// <summary>Writes the nodes of one part, and its index.</summary>
    public Wire.Object WriteNodes(IEnumerable<(string Path, TreeNode Node)> nodes)
    {
        var stored = pachd.Objects.Put(KeyValueTreeCodec.WriteNodes(nodes));
        WriteMissingIndex(stored);
        return stored;
    }

    /// <summary>Writes the index of a part. An index says where the pieces of a part begin; these parts have one piece, so the index is empty.</summary>
    public void WriteMissingIndex(Wire.Object part)
    {
        if (!pachd.Objects.HasBlock(IndexOf(part)))
            pachd.Objects.PutBlock(IndexOf(part), []);
    }

    /// <summary>Writes the results of one datum. They need no index, since only workers read them.</summary>
    public Wire.Object WriteResults(HashTree results)
    {
        results.Hash();
        return pachd.Objects.Put(KeyValueTreeCodec.WriteNodes(results.All));
    }

    /// <summary>The results of one datum.</summary>
    /// <exception cref="PachdError">The results are missing or cannot be read.</exception>
    public HashTree ReadResults(Wire.Object results) => HashTree.Of(KeyValueTreeCodec.ReadNodes(pachd.Objects.Read(results.Hash)));

    /// <summary>Reads all files in the parts of a commit.</summary>
    /// <exception cref="PachdError">A part or its index is missing.</exception>
    public HashTree Read(IReadOnlyList<Wire.Object> parts) =>
        HashTree.Of(parts.SelectMany(ReadPart).DistinctBy(node => node.Path, StringComparer.Ordinal));

    /// <summary>The number of the part that a path belongs to. It is the same in every commit, so that parts can be merged one by one.</summary>
    private static int NumberOf(string path, int count) => (int)(Encoding.UTF8.GetBytes(path).Aggregate(0u, (sum, next) => (sum * 31) + next) % (uint)count);

    private IReadOnlyList<(string Path, TreeNode Node)> ReadPart(Wire.Object part)
    {
        pachd.Objects.ReadBlock(IndexOf(part));
        var content = pachd.Objects.Read(part.Hash);
        return KeyValueTreeCodec.IsWholeTree(content.Span) ? [.. new KeyValueTreeCodec().Read(content).All] : KeyValueTreeCodec.ReadNodes(content);
    }

    private string IndexOf(Wire.Object part) => $"{pachd.Objects.Inspect(part.Hash).BlockRef.Block.Hash}-index";
}

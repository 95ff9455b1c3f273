using System.Text;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The files of an output commit as workers of 1.8 and later leave them: trees in parts, each with an index in a file beside its block.
/// Servers read output by these indexes, so output whose index nobody wrote cannot be read. The files' content lies in blocks that the trees
/// name, not in objects.
/// </summary>
internal sealed class OutputParts(Pachd pachd)
{
    /// <summary>Writes a tree, whose hashes are computed for that, in parts.</summary>
    /// <param name="tree">All files of the commit.</param>
    /// <param name="count">How many parts, at least one.</param>
    public IReadOnlyList<Wire.Object> Write(HashTree tree, int count)
    {
        tree.Hash();
        var parts = tree.All.ToLookup(node => NumberOf(node.Path, count));
        return [.. Enumerable.Range(0, count).Select(number => WriteNodes(parts[number]))];
    }

    /// <summary>Writes the parts of a commit whose job had no datums: nothing was merged, so they are empty, even of a root.</summary>
    public IReadOnlyList<Wire.Object> WriteEmpty(int count) => [.. Enumerable.Range(0, count).Select(_ => WriteNodes([]))];

    /// <summary>Writes the nodes of one part as they are, with its index.</summary>
    public Wire.Object WriteNodes(IEnumerable<(string Path, TreeNode Node)> nodes)
    {
        var stored = pachd.Objects.Put(KeyValueTreeCodec.WriteNodes(nodes));
        WriteMissingIndex(stored);
        return stored;
    }

    /// <summary>Writes the index of a part, which says where each next piece of it begins; these parts are short enough to be one piece.</summary>
    public void WriteMissingIndex(Wire.Object part)
    {
        if (!pachd.Objects.HasBlock(IndexOf(part)))
            pachd.Objects.PutBlock(IndexOf(part), []);
    }

    /// <summary>Writes the results of one datum, which need no index since nobody but workers reads them.</summary>
    public Wire.Object WriteResults(HashTree results)
    {
        results.Hash();
        return pachd.Objects.Put(KeyValueTreeCodec.WriteNodes(results.All));
    }

    /// <summary>The results of one datum.</summary>
    /// <exception cref="PachdError">They are not there, or something else.</exception>
    public HashTree ReadResults(Wire.Object results) => HashTree.Of(KeyValueTreeCodec.ReadNodes(pachd.Objects.Read(results.Hash)));

    /// <summary>All files in parts that were written so.</summary>
    /// <exception cref="PachdError">A part or its index is not there.</exception>
    public HashTree Read(IReadOnlyList<Wire.Object> parts) =>
        HashTree.Of(parts.SelectMany(ReadPart).DistinctBy(node => node.Path, StringComparer.Ordinal));

    /// <summary>The part that a path belongs to: the same in every commit, so that parts can be merged one by one.</summary>
    private static int NumberOf(string path, int count) => (int)(Encoding.UTF8.GetBytes(path).Aggregate(0u, (sum, next) => (sum * 31) + next) % (uint)count);

    private IReadOnlyList<(string Path, TreeNode Node)> ReadPart(Wire.Object part)
    {
        pachd.Objects.ReadBlock(IndexOf(part));
        var content = pachd.Objects.Read(part.Hash);
        return KeyValueTreeCodec.IsWholeTree(content.Span) ? [.. new KeyValueTreeCodec().Read(content).All] : KeyValueTreeCodec.ReadNodes(content);
    }

    private string IndexOf(Wire.Object part) => $"{pachd.Objects.Inspect(part.Hash).BlockRef.Block.Hash}-index";
}

using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using PachUp.Sandbox.Trees;

namespace PachUp.Sandbox.Pfs;

/// <summary>
/// The files of an output commit as workers of 1.8 and later leave them: trees in parts, each with an index in a file beside its block.
/// Servers read output by these indexes, so output whose index nobody wrote cannot be read.
/// </summary>
internal sealed class OutputParts(Pachd pachd, CommitTrees trees)
{
    private const int KeyField = 1;

    /// <summary>Writes a tree in parts.</summary>
    /// <param name="tree">All files of the commit.</param>
    /// <param name="count">How many parts, at least one.</param>
    public IReadOnlyList<Wire.Object> Write(HashTree tree, int count) => [.. Split(tree, count).Select(WritePart)];

    /// <summary>All files in parts that were written so.</summary>
    /// <exception cref="PachdError">A part or its index is not there.</exception>
    public HashTree Read(IReadOnlyList<Wire.Object> parts)
    {
        var read = parts.Select(ReadPart).ToList();
        if (read is [var single])
            return single;

        var whole = new HashTree();
        read.ForEach(part => CopyFiles(part, whole, _ => true));
        whole.Hash();
        return whole;
    }

    private static IEnumerable<HashTree> Split(HashTree tree, int count)
    {
        if (count == 1)
            return [tree];

        return Enumerable.Range(0, count).Select(number =>
        {
            var part = new HashTree();
            CopyFiles(tree, part, path => NumberOf(path, count) == number);
            return part;
        });
    }

    private static void CopyFiles(HashTree from, HashTree to, Func<string, bool> isWanted)
    {
        foreach (var (path, node) in from.All.Where(found => !found.Node.IsDirectory && isWanted(found.Path)))
        {
            to.PutFile(path, node.Objects!, node.Size);
        }
    }

    /// <summary>The part that a file belongs to: the same in every commit, so that parts can be merged one by one.</summary>
    private static int NumberOf(string path, int count) => (int)(Encoding.UTF8.GetBytes(path).Aggregate(0u, (sum, next) => (sum * 31) + next) % (uint)count);

    private Wire.Object WritePart(HashTree part)
    {
        var stored = trees.Write(part);
        pachd.Objects.PutBlock(IndexOf(stored), IndexEntry(""));
        return stored;
    }

    private HashTree ReadPart(Wire.Object part)
    {
        pachd.Objects.ReadBlock(IndexOf(part));
        return trees.Read(part);
    }

    private string IndexOf(Wire.Object part) => $"{pachd.Objects.Inspect(part.Hash).BlockRef.Block.Hash}-index";

    /// <summary>An entry that says where the first key lies: at the beginning, so its offset is left out.</summary>
    private static byte[] IndexEntry(string firstKey)
    {
        using var entry = new MemoryStream();
        using (var output = new CodedOutputStream(entry, leaveOpen: true))
        {
            output.WriteTag(KeyField, WireFormat.WireType.LengthDelimited);
            output.WriteString(firstKey);
        }

        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, entry.Length);
        return [.. length, .. entry.ToArray()];
    }
}

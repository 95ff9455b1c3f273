using System.Buffers.Binary;
using System.Text;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>
/// The trees of 1.8 and 1.9: the content of a small database, written as a sequence of byte strings. Before each string stands its length as eight
/// bytes, little-endian. A bucket is a header, pairs of keys and values, and an asterisk. Slashes in keys are zero bytes.
/// </summary>
internal sealed class KeyValueTreeCodec : ITreeCodec
{
    private static readonly byte[] End = "*"u8.ToArray();
    private static readonly byte[] NodesHeader = "\n\u0002fs"u8.ToArray();

    // The bucket with the paths of outdated hashes. It is empty whenever a tree is written.
    private static readonly byte[] ChangedHeader = "\n\u0007changed"u8.ToArray();

    public byte[] Write(HashTree tree)
    {
        using var bytes = new MemoryStream();
        WriteItem(bytes, NodesHeader);
        bytes.Write(WriteNodes(tree.All));
        WriteItem(bytes, End);
        WriteItem(bytes, ChangedHeader);
        WriteItem(bytes, End);
        return bytes.ToArray();
    }

    /// <summary>The nodes of a tree as workers write them: keys and values without a bucket around them.</summary>
    public static byte[] WriteNodes(IEnumerable<(string Path, TreeNode Node)> nodes)
    {
        using var bytes = new MemoryStream();
        foreach (var (path, node) in nodes)
        {
            WriteItem(bytes, KeyOf(path));
            WriteItem(bytes, NodeCodec.Write(node));
        }

        return bytes.ToArray();
    }

    /// <summary>Whether content is a tree as <see cref="Write"/> makes it, with buckets, and not only nodes.</summary>
    public static bool IsWholeTree(ReadOnlySpan<byte> content) =>
        content.Length >= sizeof(long) + NodesHeader.Length
        && BinaryPrimitives.ReadInt64LittleEndian(content) == NodesHeader.Length
        && content[sizeof(long)..].StartsWith(NodesHeader);

    /// <summary>The nodes that <see cref="WriteNodes"/> wrote.</summary>
    /// <exception cref="PachdError">The bytes are something else.</exception>
    public static IReadOnlyList<(string Path, TreeNode Node)> ReadNodes(ReadOnlyMemory<byte> bytes)
    {
        var nodes = new List<(string, TreeNode)>();
        while (!bytes.IsEmpty)
        {
            var key = ReadItem(ref bytes);
            nodes.Add((PathOf(key.Span), NodeCodec.Read(ReadItem(ref bytes).Span)));
        }

        return nodes;
    }

    public HashTree Read(ReadOnlyMemory<byte> bytes)
    {
        var nodes = new List<(string, TreeNode)>();
        while (!bytes.IsEmpty)
        {
            var isNodes = ReadItem(ref bytes).Span.SequenceEqual(NodesHeader);
            while (ReadItem(ref bytes) is var key && !key.Span.SequenceEqual(End))
            {
                var value = ReadItem(ref bytes);
                if (isNodes)
                    nodes.Add((PathOf(key.Span), NodeCodec.Read(value.Span)));
            }
        }

        return HashTree.Of(nodes);
    }

    private static byte[] KeyOf(string path) => path.Length == 0 ? [0] : Encoding.UTF8.GetBytes(path.Replace('/', '\0'));

    private static string PathOf(ReadOnlySpan<byte> key) => key is [0] ? "" : Encoding.UTF8.GetString(key).Replace('\0', '/');

    private static void WriteItem(Stream stream, ReadOnlySpan<byte> item)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, item.Length);
        stream.Write(length);
        stream.Write(item);
    }

    private static ReadOnlyMemory<byte> ReadItem(ref ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < sizeof(long))
            throw new PachdError("unexpected EOF");

        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        if (length < 0 || length > bytes.Length - sizeof(long))
            throw new PachdError("unexpected EOF");

        var item = bytes.Slice(sizeof(long), (int)length);
        bytes = bytes[(sizeof(long) + (int)length)..];
        return item;
    }
}

using Google.Protobuf;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>
/// The trees of 1.7: one message with a version and a map from paths to nodes. The real server writes the map in a random order, so the
/// same files have many hashes there; here the paths are in order.
/// </summary>
internal sealed class MessageTreeCodec : ITreeCodec
{
    private const int VersionField = 1;
    private const int NodesField = 2;
    private const int KeyField = 1;
    private const int ValueField = 2;
    private const int Version = 1;

    public byte[] Write(HashTree tree)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(VersionField, WireFormat.WireType.Varint);
            output.WriteInt32(Version);
            foreach (var (path, node) in tree.All)
            {
                output.WriteTag(NodesField, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(WriteEntry(path, NodeCodec.Write(node, node.IsDirectory ? ChildrenOf(tree, path) : null)));
            }
        }

        return bytes.ToArray();
    }

    public HashTree Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return HashTree.Of(ReadEntries(new CodedInputStream(bytes.ToArray())).ToList());
        }
        catch (InvalidProtocolBufferException)
        {
            // The real server ignores this error and shows no files.
            return HashTree.Of([]);
        }
    }

    private static IEnumerable<(string Path, TreeNode Node)> ReadEntries(CodedInputStream input)
    {
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == NodesField)
                yield return ReadEntry(input.ReadBytes().CreateCodedInput());
            else
                input.SkipLastField();
        }
    }

    private static (string Path, TreeNode Node) ReadEntry(CodedInputStream entry)
    {
        var (path, node) = ("", new TreeNode());
        while (entry.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == KeyField)
                path = entry.ReadString();
            else
                node = NodeCodec.Read(entry.ReadBytes().Span, isOfV1_7: true);
        }

        return (path, node);
    }

    private static ByteString WriteEntry(string path, byte[] node)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(KeyField, WireFormat.WireType.LengthDelimited);
            output.WriteString(path);
            output.WriteTag(ValueField, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(node));
        }

        return ByteString.CopyFrom(bytes.ToArray());
    }

    private static IEnumerable<string> ChildrenOf(HashTree tree, string path) =>
        tree.List(path).Select(child => child.Node.Name);
}

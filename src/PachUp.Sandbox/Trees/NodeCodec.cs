using Google.Protobuf;

namespace PachUp.Sandbox.Trees;

/// <summary>Nodes of hash trees as protobuf messages. Their numbers are pachd's own; no client sees these messages.</summary>
internal static class NodeCodec
{
    private const int NameField = 1;
    private const int HashField = 2;
    private const int SizeField = 3;
    private const int FileField = 4;
    private const int DirectoryField = 5;
    private const int ChildrenField = 3;
    private const int ObjectsField = 4;

    /// <param name="node">The node to write.</param>
    /// <param name="children">The names in a directory, where the format has them in the node.</param>
    public static byte[] Write(TreeNode node, IEnumerable<string>? children = null)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            WriteText(output, NameField, node.Name);
            WriteBytes(output, HashField, node.Hash);
            WriteSize(output, node.Size);
            output.WriteTag(node.IsDirectory ? DirectoryField : FileField, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(node.IsDirectory ? WriteChildren(children ?? []) : WriteObjects(node.Objects!)));
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a node. The children of a directory are left out: trees know them by their paths.</summary>
    public static TreeNode Read(ReadOnlySpan<byte> bytes)
    {
        var node = new TreeNode();
        var input = new CodedInputStream(bytes.ToArray());
        while (input.ReadTag() is var tag and not 0)
        {
            node = WireFormat.GetTagFieldNumber(tag) switch
            {
                NameField => node with { Name = input.ReadString() },
                HashField => node with { Hash = input.ReadBytes().Memory },
                SizeField => node with { Size = input.ReadInt64() },
                FileField => node with { Objects = ReadObjects(input.ReadBytes()) },
                _ => Skip(input, node),
            };
        }

        return node;
    }

    private static TreeNode Skip(CodedInputStream input, TreeNode node)
    {
        input.SkipLastField();
        return node;
    }

    private static byte[] WriteChildren(IEnumerable<string> children) => Write(output =>
    {
        foreach (var child in children)
        {
            WriteText(output, ChildrenField, child);
        }
    });

    private static byte[] WriteObjects(IEnumerable<string> objects) => Write(output =>
    {
        foreach (var hash in objects)
        {
            output.WriteTag(ObjectsField, WireFormat.WireType.LengthDelimited);
            output.WriteMessage(new Wire.Object { Hash = hash });
        }
    });

    private static List<string> ReadObjects(ByteString file)
    {
        var objects = new List<string>();
        var input = file.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == ObjectsField)
                objects.Add(Wire.Object.Parser.ParseFrom(input.ReadBytes()).Hash);
            else
                input.SkipLastField();
        }

        return objects;
    }

    private static byte[] Write(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }

        return buffer.ToArray();
    }

    private static void WriteText(CodedOutputStream output, int field, string text)
    {
        if (text.Length == 0)
            return;

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void WriteBytes(CodedOutputStream output, int field, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes.Span));
    }

    private static void WriteSize(CodedOutputStream output, long size)
    {
        if (size == 0)
            return;

        output.WriteTag(SizeField, WireFormat.WireType.Varint);
        output.WriteInt64(size);
    }
}

using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>
/// Nodes of hash trees as protobuf messages with pachd's field numbers; no client sees these messages. In 1.7 a directory lists its children, and has its
/// header and footer as two objects. In later releases header and footer are one message.
/// </summary>
internal static class NodeCodec
{
    private const int NameField = 1;
    private const int HashField = 2;
    private const int SizeField = 3;
    private const int FileField = 4;
    private const int DirectoryField = 5;
    private const int ChildrenField = 3;
    private const int SharedField = 4;
    private const int HeaderFieldInV1_7 = 4;
    private const int FooterFieldInV1_7 = 5;
    private const int ObjectsField = 4;
    private const int BlockRefsField = 5;
    private const int HasSharedPartsField = 6;
    private const int HeaderField = 1;
    private const int FooterField = 2;
    private const int HeaderSizeField = 3;
    private const int FooterSizeField = 4;

    /// <param name="node">The node to write.</param>
    /// <param name="children">The names of a directory's children, where the format lists them.</param>
    public static byte[] Write(TreeNode node, IEnumerable<string>? children = null)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            WriteText(output, NameField, node.Name);
            WriteBytes(output, HashField, node.Hash);
            WriteSize(output, SizeField, node.Size);
            output.WriteTag(node.IsDirectory ? DirectoryField : FileField, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(node.IsDirectory ? WriteDirectory(node, children) : WriteFile(node)));
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a node without the list of children: trees find children by their paths.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="isOfV1_7">Whether 1.7 wrote it.</param>
    public static TreeNode Read(ReadOnlySpan<byte> bytes, bool isOfV1_7 = false)
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
                FileField => ReadFile(node, input.ReadBytes()),
                DirectoryField => node with { Shared = isOfV1_7 ? ReadSharedOfV1_7(input.ReadBytes()) : ReadSharedOf(input.ReadBytes()) },
                _ => Skip(input, node),
            };
        }

        return node;
    }

    private static T Skip<T>(CodedInputStream input, T read)
    {
        input.SkipLastField();
        return read;
    }

    private static byte[] WriteDirectory(TreeNode node, IEnumerable<string>? children) => Write(output =>
    {
        foreach (var child in children ?? [])
        {
            WriteText(output, ChildrenField, child);
        }

        if (node.Shared is not { } shared)
            return;

        if (children is not null)
        {
            WriteObject(output, HeaderFieldInV1_7, shared.Header);
            WriteObject(output, FooterFieldInV1_7, shared.Footer);
            return;
        }

        output.WriteTag(SharedField, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(WriteShared(shared)));
    });

    private static byte[] WriteShared(SharedParts shared) => Write(output =>
    {
        WriteObject(output, HeaderField, shared.Header);
        WriteObject(output, FooterField, shared.Footer);
        WriteSize(output, HeaderSizeField, shared.HeaderSize);
        WriteSize(output, FooterSizeField, shared.FooterSize);
    });

    private static byte[] WriteFile(TreeNode node) => Write(output =>
    {
        foreach (var hash in node.Objects!)
        {
            WriteObject(output, ObjectsField, hash);
        }

        foreach (var blockRef in node.BlockRefs)
        {
            output.WriteTag(BlockRefsField, WireFormat.WireType.LengthDelimited);
            output.WriteMessage(blockRef);
        }

        if (node.HasSharedParts)
        {
            output.WriteTag(HasSharedPartsField, WireFormat.WireType.Varint);
            output.WriteBool(true);
        }
    });

    private static TreeNode ReadFile(TreeNode node, ByteString file)
    {
        var objects = new List<string>();
        var blockRefs = new List<BlockRef>();
        var hasSharedParts = false;
        var input = file.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case ObjectsField:
                    objects.Add(ReadObject(input));
                    break;
                case BlockRefsField:
                    blockRefs.Add(BlockRef.Parser.ParseFrom(input.ReadBytes()));
                    break;
                case HasSharedPartsField:
                    hasSharedParts = input.ReadBool();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return node with { Objects = objects, BlockRefs = blockRefs, HasSharedParts = hasSharedParts };
    }

    private static SharedParts? ReadSharedOf(ByteString directory)
    {
        var input = directory.CreateCodedInput();
        SharedParts? shared = null;
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == SharedField)
                shared = ReadShared(input.ReadBytes());
            else
                input.SkipLastField();
        }

        return shared;
    }

    private static SharedParts? ReadSharedOfV1_7(ByteString directory)
    {
        var shared = new SharedParts(null, 0, null, 0) { IsOfAllBelow = true };
        var input = directory.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            shared = WireFormat.GetTagFieldNumber(tag) switch
            {
                HeaderFieldInV1_7 => shared with { Header = ReadObject(input) },
                FooterFieldInV1_7 => shared with { Footer = ReadObject(input) },
                _ => Skip(input, shared),
            };
        }

        return shared is { Header: null, Footer: null } ? null : shared;
    }

    private static SharedParts ReadShared(ByteString bytes)
    {
        var shared = new SharedParts(null, 0, null, 0);
        var input = bytes.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            shared = WireFormat.GetTagFieldNumber(tag) switch
            {
                HeaderField => shared with { Header = ReadObject(input) },
                FooterField => shared with { Footer = ReadObject(input) },
                HeaderSizeField => shared with { HeaderSize = input.ReadInt64() },
                FooterSizeField => shared with { FooterSize = input.ReadInt64() },
                _ => Skip(input, shared),
            };
        }

        return shared;
    }

    private static string ReadObject(CodedInputStream input) => Wire.Object.Parser.ParseFrom(input.ReadBytes()).Hash;

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

    private static void WriteObject(CodedOutputStream output, int field, string? hash)
    {
        if (hash is null)
            return;

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteMessage(new Wire.Object { Hash = hash });
    }

    private static void WriteSize(CodedOutputStream output, int field, long size)
    {
        if (size == 0)
            return;

        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(size);
    }
}

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Filling;

namespace PachUp.Conformance.State;

/// <summary>The objects, tags and blocks that answers show: extracts and calls of the object API.</summary>
public sealed class RecordedStorage
{
    private readonly List<byte[]> _objects = [];
    private readonly Dictionary<string, BlockRef> _blocksOfObjects = [];
    private readonly Dictionary<string, string> _tags = [];
    private readonly Dictionary<string, byte[]> _blocks = [];

    /// <summary>Learns from one call.</summary>
    public void Learn(RecordedCall call, IReadOnlyList<IMessage> answer)
    {
        switch (call.Method)
        {
            case "/admin.API/Extract":
                Learn(answer.OfType<Op>().Select(operation => Operation.FromBytes(operation.ToByteArray())));
                break;
            case "/pfs.ObjectAPI/GetObject" or "/pfs.ObjectAPI/GetTag" when answer.Count > 0:
                _objects.Add([.. answer.OfType<BytesValue>().SelectMany(part => part.Value)]);
                break;
            case "/pfs.ObjectAPI/InspectObject" or "/pfs.ObjectAPI/InspectTag" or "/pfs.ObjectAPI/ListObjects":
                answer.OfType<ObjectInfo>().Where(info => info.BlockRef is not null).ToList().ForEach(info => _blocksOfObjects[info.Object.Hash] = info.BlockRef);
                break;
            case "/pfs.ObjectAPI/ListTags":
                answer.OfType<ListTagsResponse>().Where(tag => tag.Object is not null).ToList().ForEach(tag => _tags[tag.Tag.Name] = tag.Object.Hash);
                break;
        }
    }

    /// <summary>Everything that is known. The block of an object is included only if its content is known.</summary>
    public ServerState Build() => new()
    {
        Objects = _objects,
        Tags = _tags,
        Blocks = _blocks,
        BlocksOfObjects = _blocksOfObjects.Where(entry => _blocks.ContainsKey(entry.Value.Block.Hash)).ToDictionary(),
    };

    /// <summary>Learns from a stream of operations.</summary>
    public RecordedStorage Learn(IEnumerable<Operation> operations)
    {
        var content = new MemoryStream();
        foreach (var operation in operations)
        {
            switch (operation.Kind)
            {
                case OperationKind.Object:
                    content = Add(content, operation, _objects.Add);
                    break;
                case OperationKind.Block:
                    var name = PutBlockRequest.Parser.ParseFrom(operation.Payload.Span).Block.Hash;
                    content = Add(content, operation, whole => _blocks[name] = whole);
                    break;
                case OperationKind.CreateObject:
                    var created = operation.AsCreateObject();
                    _blocksOfObjects[created.Object.Hash] = created.BlockRef;
                    break;
                case OperationKind.Tag:
                    var tag = operation.AsTag();
                    tag.Tags.ToList().ForEach(each => _tags[each.Name] = tag.Object.Hash);
                    break;
            }
        }

        return this;
    }

    /// <summary>Content comes in pieces. A piece without bytes ends it.</summary>
    private static MemoryStream Add(MemoryStream content, Operation operation, Action<byte[]> end)
    {
        var piece = operation.ReadValue();
        content.Write(piece.Span);
        if (!piece.IsEmpty)
            return content;

        end(content.ToArray());
        return new MemoryStream();
    }
}

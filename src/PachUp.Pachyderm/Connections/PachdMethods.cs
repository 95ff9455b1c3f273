using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Connections;

/// <summary>Calls that the generated clients cannot make: calls that must not copy objects, and calls that differ between releases.</summary>
internal static class PachdMethods
{
    private const string Admin = "admin.API";
    private const string Pfs = "pfs.API";
    private const string PfsObjects = "pfs.ObjectAPI";

    private static readonly Marshaller<Operation> RestoreRequests = Marshallers.Create(WriteRestoreRequest, NotRead<Operation>);
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(NotWritten<byte[]>, context => context.PayloadAsNewBuffer());

    /// <summary>Extracts. Each answer is one operation as its original bytes.</summary>
    public static Method<ExtractRequest, byte[]> Extract { get; } =
        new(MethodType.ServerStreaming, Admin, nameof(Extract), Requests<ExtractRequest>(), Bytes);

    /// <summary>Restores. Operations are sent as their original bytes.</summary>
    public static Method<Operation, byte[]> Restore { get; } =
        new(MethodType.ClientStreaming, Admin, nameof(Restore), RestoreRequests, Bytes);

    /// <summary>Lists objects, for releases that answer with <c>Object</c>.</summary>
    public static Method<ListObjectsRequest, Wire.Pfs.Object> ListObjects { get; } =
        new(MethodType.ServerStreaming, PfsObjects, nameof(ListObjects), Requests<ListObjectsRequest>(), Answers(Wire.Pfs.Object.Parser));

    /// <summary>Lists objects, for releases that answer with <c>ObjectInfo</c>, which also has the block of the object.</summary>
    public static Method<ListObjectsRequest, ObjectInfo> ListObjectInfos { get; } =
        new(MethodType.ServerStreaming, PfsObjects, nameof(ListObjects), Requests<ListObjectsRequest>(), Answers(ObjectInfo.Parser));

    /// <summary>
    /// Checks the metadata. Early releases have no argument and one empty answer. Later releases answer with a stream of findings. On the wire both are
    /// the same call: the empty answer is one empty finding.
    /// </summary>
    public static Method<FsckRequest, FsckResponse> Fsck { get; } =
        new(MethodType.ServerStreaming, Pfs, nameof(Fsck), Requests<FsckRequest>(), Answers(FsckResponse.Parser));

    private static Marshaller<T> Requests<T>()
        where T : IMessage<T> => Marshallers.Create<T>(Write, NotRead<T>);

    private static Marshaller<T> Answers<T>(MessageParser<T> parser)
        where T : IMessage<T> => Marshallers.Create(NotWritten<T>, context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    private static void Write<T>(T message, SerializationContext context)
        where T : IMessage<T>
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static void WriteRestoreRequest(Operation operation, SerializationContext context)
    {
        var length = operation.Bytes.Length;
        context.SetPayloadLength(ProtobufFields.EnvelopeSize(RestoreRequest.OpFieldNumber, length));
        var writer = context.GetBufferWriter();
        writer.Advance(ProtobufFields.WriteHeader(writer.GetSpan(ProtobufFields.MaxHeaderBytes), RestoreRequest.OpFieldNumber, length));
        writer.Write(operation.Bytes.Span);
        context.Complete();
    }

    private static T NotRead<T>(DeserializationContext context) => throw new NotSupportedException("requests are never read here");

    private static void NotWritten<T>(T message, SerializationContext context) => throw new NotSupportedException("answers are never written here");
}

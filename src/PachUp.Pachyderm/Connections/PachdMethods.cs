using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Connections;

/// <summary>Calls that the generated clients cannot make: those that must not copy objects, and those that differ between releases.</summary>
internal static class PachdMethods
{
    private const string Admin = "admin.API";
    private const string Pfs = "pfs.API";
    private const string PfsObjects = "pfs.ObjectAPI";

    private static readonly Marshaller<Operation> RestoreRequests = Marshallers.Create(WriteRestoreRequest, NotRead<Operation>);
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(NotWritten<byte[]>, context => context.PayloadAsNewBuffer());

    /// <summary>Each answer is one operation as the bytes that came.</summary>
    public static Method<ExtractRequest, byte[]> Extract { get; } =
        new(MethodType.ServerStreaming, Admin, nameof(Extract), Requests<ExtractRequest>(), Bytes);

    /// <summary>Sends operations as the bytes that they are.</summary>
    public static Method<Operation, byte[]> Restore { get; } =
        new(MethodType.ClientStreaming, Admin, nameof(Restore), RestoreRequests, Bytes);

    /// <summary>Lists objects of releases that answer with objects.</summary>
    public static Method<ListObjectsRequest, Wire.Pfs.Object> ListObjects { get; } =
        new(MethodType.ServerStreaming, PfsObjects, nameof(ListObjects), Requests<ListObjectsRequest>(), Answers(Wire.Pfs.Object.Parser));

    /// <summary>Lists objects of releases that answer with where an object lies as well.</summary>
    public static Method<ListObjectsRequest, ObjectInfo> ListObjectInfos { get; } =
        new(MethodType.ServerStreaming, PfsObjects, nameof(ListObjects), Requests<ListObjectsRequest>(), Answers(ObjectInfo.Parser));

    /// <summary>
    /// Checks the metadata. Early releases take no argument and give one empty answer, later ones a stream of findings: on the wire that is
    /// one and the same call, with one finding that says nothing.
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

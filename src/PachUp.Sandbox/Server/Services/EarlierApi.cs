using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Services;

/// <summary>
/// Two methods whose answers had another type up to 1.9.5. They have a separate service name, since the generated classes only have the later type. The
/// class looks like the generated ones: the gRPC library binds virtual methods of a class with this attribute.
/// </summary>
[BindServiceMethod(typeof(EarlierApi), nameof(Bind))]
internal abstract class EarlierApi
{
    private const string Service = "earlier.pfs";

    private static readonly Method<ListObjectsRequest, Wire.Object> ListObjectsMethod =
        new(MethodType.ServerStreaming, Service, nameof(ListObjects), MarshallerOf(ListObjectsRequest.Parser), MarshallerOf(Wire.Object.Parser));

    private static readonly Method<Empty, Empty> FsckMethod =
        new(MethodType.Unary, Service, nameof(Fsck), MarshallerOf(Empty.Parser), MarshallerOf(Empty.Parser));

    public abstract Task ListObjects(ListObjectsRequest request, IServerStreamWriter<Wire.Object> response, ServerCallContext context);

    public abstract Task<Empty> Fsck(Empty request, ServerCallContext context);

    /// <summary>The path for requests of a method; null if its answer did not change.</summary>
    public static string? PathOf(string method) => method switch
    {
        "/pfs.ObjectAPI/ListObjects" => ListObjectsMethod.FullName,
        "/pfs.API/Fsck" => FsckMethod.FullName,
        _ => null,
    };

    public static void Bind(ServiceBinderBase binder, EarlierApi? service)
    {
        binder.AddMethod(ListObjectsMethod, service is null ? null! : new ServerStreamingServerMethod<ListObjectsRequest, Wire.Object>(service.ListObjects));
        binder.AddMethod(FsckMethod, service is null ? null! : new UnaryServerMethod<Empty, Empty>(service.Fsck));
    }

    private static Marshaller<T> MarshallerOf<T>(MessageParser<T> parser)
        where T : IMessage<T> => Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
}

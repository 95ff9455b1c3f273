using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Services;

/// <summary>The methods whose answers had another type in earlier releases.</summary>
internal sealed class EarlierService(ObjectCatalog objects, ConsistencyCheck fsck) : EarlierApi
{
    public override async Task ListObjects(ListObjectsRequest request, IServerStreamWriter<Wire.Object> response, ServerCallContext context)
    {
        foreach (var info in objects.ListObjects())
        {
            await response.WriteAsync(info.Object, context.CancellationToken);
        }
    }

    public override Task<Empty> Fsck(Empty request, ServerCallContext context)
    {
        fsck.StopAtFirstError();
        return Task.FromResult(new Empty());
    }
}

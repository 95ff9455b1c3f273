using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Sandbox.Server.Admin;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Extract and restore.</summary>
internal sealed class AdminService(Pachd pachd, Extractor extractor, Restorer restorer) : API.APIBase
{
    public override Task<ClusterInfo> InspectCluster(Empty request, ServerCallContext context) =>
        Task.FromResult(new ClusterInfo { Id = pachd.ClusterId, DeploymentId = pachd.DeploymentId });

    public override async Task Extract(ExtractRequest request, IServerStreamWriter<Op> response, ServerCallContext context)
    {
        foreach (var operation in extractor.Extract(request))
        {
            await response.WriteAsync(operation, context.CancellationToken);
        }
    }

    public override Task<Op> ExtractPipeline(ExtractPipelineRequest request, ServerCallContext context) =>
        Task.FromResult(extractor.ExtractPipeline(request.Pipeline));

    /// <summary>The server reads the whole stream and sends its empty answer even if it refused an operation.</summary>
    public override async Task<Empty> Restore(IAsyncStreamReader<RestoreRequest> requests, ServerCallContext context)
    {
        try
        {
            await restorer.RestoreAsync(Operations(requests, context.CancellationToken), context.CancellationToken);
        }
        catch (PachdError e)
        {
            await foreach (var _ in requests.ReadAllAsync(context.CancellationToken))
            {
            }

            context.Status = new Status(StatusCode.Unknown, e.Message);
        }

        return new Empty();
    }

    /// <summary>The operation in a message. If the message has several generations, the server uses the oldest.</summary>
    private static Operation OperationOf(Op op)
    {
        var oldest = op switch
        {
            { Op17: { } body } => new Op { Op17 = body },
            { Op18: { } body } => new Op { Op18 = body },
            { Op19: { } body } => new Op { Op19 = body },
            { Op110: { } body } => new Op { Op110 = body },
            _ => op,
        };
        try
        {
            return Operation.FromBytes(oldest.ToByteString().Memory);
        }
        catch (MalformedOperationException e)
        {
            throw new PachdError(e.Message);
        }
    }

    private async IAsyncEnumerable<Operation?> Operations(
        IAsyncStreamReader<RestoreRequest> requests, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var request in requests.ReadAllAsync(cancellationToken))
        {
            if (request.URL.Length > 0)
                throw ObjectStoreUrl.Refuse(request.URL, needsObject: !pachd.Traits.KeepsTreesAsMessage);

            yield return request.Op is null ? null : OperationOf(request.Op);
        }
    }
}

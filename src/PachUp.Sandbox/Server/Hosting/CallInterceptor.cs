using Grpc.Core;
using Grpc.Core.Interceptors;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>
/// Counts the calls that can change something, saves changes before the answer, and turns exceptions into the status that pachd sends.
/// </summary>
internal sealed class CallInterceptor(Pachd pachd) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, async () =>
        {
            await continuation(request, new SavingWriter<TResponse>(responseStream, pachd), context);
            return true;
        });

    private async Task<T> Guard<T>(ServerCallContext context, Func<Task<T>> call)
    {
        if (!ReadOnlyMethods.Contains(context.Method))
            pachd.CountWriteCall();

        try
        {
            return await SavedAfter(call);
        }
        catch (PachdError e)
        {
            throw new RpcException(new Status(StatusCode.Unknown, e.Message));
        }
        catch (ServerCrash e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, e.Message));
        }
        catch (DataDirectoryException e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"{e.Message}. {e.Remedy}"));
        }
    }

    /// <summary>Saves before errors too: they are answers like any other.</summary>
    private async Task<T> SavedAfter<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        finally
        {
            pachd.Save();
        }
    }
}

using Grpc.Core;
using Grpc.Net.Client;
using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Sends calls as the recorded bytes. Every call is a stream in both directions. That is the same on the wire, and shows a message before an error, which
/// a typed client hides.
/// </summary>
public sealed class RawCaller(GrpcChannel channel) : IDisposable
{
    // Far longer than any recorded call. A call that takes longer hangs.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(60);

    // How long to wait for the end of a call that had no end in the recording.
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMilliseconds(200);

    private static readonly Marshaller<byte[]> AsIs = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly CallInvoker _invoker = channel.CreateCallInvoker();

    /// <summary>Makes a recorded call with the given request messages.</summary>
    public async Task<Answer> CallAsync(RecordedCall recorded, IReadOnlyList<byte[]> requests)
    {
        using var giveUp = new CancellationTokenSource(LongestCall);
        using var call = _invoker.AsyncDuplexStreamingCall(MethodOf(recorded.Method), null, new CallOptions(cancellationToken: giveUp.Token));
        var sending = SendAsync(call.RequestStream, requests);
        var messages = new List<byte[]>();
        var status = await ReceiveAsync(call, messages, recorded, giveUp);
        await sending;
        return new Answer(messages, status.StatusCode, status.Detail);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => channel.Dispose();

    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, IReadOnlyList<byte[]> requests)
    {
        try
        {
            foreach (var request in requests)
            {
                await stream.WriteAsync(request);
            }

            await stream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The server ended the call before the last request. Its status says why.
        }
    }

    private static async Task<Status> ReceiveAsync(
        AsyncDuplexStreamingCall<byte[], byte[]> call, List<byte[]> messages, RecordedCall recorded, CancellationTokenSource giveUp)
    {
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                messages.Add(call.ResponseStream.Current);
                if (recorded.WasGivenUp && messages.Count == recorded.Responses.Count)
                {
                    giveUp.CancelAfter(LongestWatch);
                }
            }

            return call.GetStatus();
        }
        catch (RpcException exception)
        {
            return recorded.WasGivenUp && giveUp.IsCancellationRequested ? new Status(recorded.Code, recorded.Message) : exception.Status;
        }
    }

    private static Method<byte[], byte[]> MethodOf(string fullName)
    {
        var slash = fullName.LastIndexOf('/');
        return new Method<byte[], byte[]>(MethodType.DuplexStreaming, fullName[1..slash], fullName[(slash + 1)..], AsIs, AsIs);
    }
}

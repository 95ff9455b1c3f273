using System.Runtime.CompilerServices;
using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>Makes calls with the token, a time limit, and errors that say what to check. Calls are not repeated.</summary>
internal sealed class PachdCalls(ClusterAddress address, PachdErrors errors, CallWatch watch)
{
    private const string TokenHeader = "authn-token";
    private const string UserAgentHeader = "user-agent";

    private volatile bool _hasAnswered;

    /// <summary>Whether the server has ever answered.</summary>
    public bool HasAnswered => _hasAnswered;

    private Limit Short => new(address.Timeouts.Answer, errors.NoAnswer);

    private Limit Whole => new(address.Timeouts.Call, errors.TooLong);

    private Limit Long => new(address.Timeouts.LongCall, errors.TooLong);

    private Limit NextMessage => new(address.Timeouts.Idle, errors.Stalled);

    /// <summary>Makes a short call, which every server answers immediately.</summary>
    public Task<T> AskAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken) =>
        CallAsync(what, start, Short, cancellationToken);

    /// <summary>Makes a call that takes time on a large cluster.</summary>
    public Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken) =>
        CallAsync(what, start, Whole, cancellationToken);

    /// <summary>Makes a call in which the server goes through all files of a commit.</summary>
    public Task<T> CallLongAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken) =>
        CallAsync(what, start, Long, cancellationToken);

    /// <summary>Makes a call that returns a stream of any length.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(
        string what, Func<CallOptions, AsyncServerStreamingCall<T>> start, CancellationToken cancellationToken) =>
        StreamAsync(what, start, NextMessage, cancellationToken);

    /// <summary>Makes a call that returns a stream in which the server goes through all metadata between two messages.</summary>
    public IAsyncEnumerable<T> StreamLongAsync<T>(
        string what, Func<CallOptions, AsyncServerStreamingCall<T>> start, CancellationToken cancellationToken) =>
        StreamAsync(what, start, Long, cancellationToken);

    /// <summary>Sends a stream and waits for the answer to it.</summary>
    /// <returns>The number of messages sent.</returns>
    public async Task<long> SendAsync<T, TAnswer>(
        string what, Func<CallOptions, AsyncClientStreamingCall<T, TAnswer>> start, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
    {
        using var call = start(Options(cancellationToken));
        var (sent, isBrokenOff) = await SendAllAsync(what, call.RequestStream, messages, cancellationToken).ConfigureAwait(false);

        // If sending failed, the answer has the reason: a server that cannot continue ends the call before it has read everything.
        await GuardAsync(what, NextMessage, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
        return isBrokenOff ? throw errors.EndedEarly(what, sent) : sent;
    }

    private async Task<T> CallAsync<T>(
        string what, Func<CallOptions, AsyncUnaryCall<T>> start, Limit limit, CancellationToken cancellationToken)
    {
        using var call = start(Options(cancellationToken));
        return await GuardAsync(what, limit, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        string what,
        Func<CallOptions, AsyncServerStreamingCall<T>> start,
        Limit limit,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = start(Options(cancellationToken));
        while (await GuardAsync(what, limit, call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    private async Task<(long Sent, bool IsBrokenOff)> SendAllAsync<T>(
        string what, IClientStreamWriter<T> to, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
    {
        var sent = 0L;
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var sending = TrySendAsync(() => to.WriteAsync(message, cancellationToken));
            if (!await GuardAsync(what, NextMessage, sending, cancellationToken).ConfigureAwait(false))
            {
                return (sent, true);
            }

            sent++;
        }

        return (sent, !await GuardAsync(what, NextMessage, TrySendAsync(to.CompleteAsync), cancellationToken).ConfigureAwait(false));
    }

    private static async Task<bool> TrySendAsync(Func<Task> send)
    {
        try
        {
            await send().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is RpcException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // This exception only means that the call has ended. The answer has the reason.
            return false;
        }
    }

    private async Task<T> GuardAsync<T>(string what, Limit limit, Task<T> message, CancellationToken cancellationToken)
    {
        try
        {
            var given = await watch.WaitAsync(message, limit.Time).ConfigureAwait(false);
            _hasAnswered = true;
            return given;
        }
        catch (StalledException)
        {
            throw limit.Explain(what, limit.Time);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException e)
        {
            throw errors.Explain(e, what);
        }
    }

    private CallOptions Options(CancellationToken cancellationToken)
    {
        var headers = new Metadata { { UserAgentHeader, PachdClient.UserAgent } };
        if (address.SessionToken.Length > 0)
        {
            headers.Add(TokenHeader, address.SessionToken);
        }

        return new CallOptions(headers, cancellationToken: cancellationToken);
    }

    /// <summary>How long a call waits for a message, and the failure if the message does not come.</summary>
    private readonly record struct Limit(TimeSpan Time, Func<string, TimeSpan, PachdException> Explain);
}

using System.Runtime.CompilerServices;
using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>Makes calls with the token, a time limit, and errors that say what to check. Calls are not repeated.</summary>
internal sealed class PachdCalls(ClusterAddress address, PachdErrors errors, ConnectionWatch watch)
{
    private const string TokenHeader = "authn-token";

    private volatile bool _hasAnswered;

    /// <summary>Whether the server has ever answered.</summary>
    public bool HasAnswered => _hasAnswered;

    private TimeSpan Idle => address.Timeouts.Idle;

    /// <summary>Makes a short call, which every server answers immediately.</summary>
    public async Task<T> AskAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken)
    {
        var limit = address.Timeouts.Answer;
        using var call = start(Options(cancellationToken).WithDeadline(DateTime.UtcNow + limit));
        try
        {
            return await GuardAsync(what, limit, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unreachable)
        {
            // If this call gets no answer, the next call on the same connection gets none either.
            watch.BreakIfStill(limit);
            throw;
        }
    }

    /// <summary>Makes a long call, which takes time on a large cluster.</summary>
    public async Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken)
    {
        using var call = start(Options(cancellationToken));
        return await GuardAsync(what, Idle, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a call that returns a stream of any length.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string what, Func<CallOptions, AsyncServerStreamingCall<T>> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = start(Options(cancellationToken));
        while (await GuardAsync(what, Idle, call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    /// <summary>Sends a stream and waits for the answer to it.</summary>
    /// <returns>The number of messages sent.</returns>
    public async Task<long> SendAsync<T, TAnswer>(
        string what, Func<CallOptions, AsyncClientStreamingCall<T, TAnswer>> start, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
    {
        using var call = start(Options(cancellationToken));
        var (sent, isBrokenOff) = await SendAllAsync(what, call.RequestStream, messages, cancellationToken).ConfigureAwait(false);

        // If sending failed, the answer has the reason: a server that cannot continue ends the call before it has read everything.
        await GuardAsync(what, Idle, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
        return isBrokenOff ? throw errors.EndedEarly(what, sent) : sent;
    }

    private async Task<(long Sent, bool IsBrokenOff)> SendAllAsync<T>(
        string what, IClientStreamWriter<T> to, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
    {
        var sent = 0L;
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!await GuardAsync(what, Idle, TrySendAsync(() => to.WriteAsync(message, cancellationToken)), cancellationToken).ConfigureAwait(false))
            {
                return (sent, true);
            }

            sent++;
        }

        return (sent, !await GuardAsync(what, Idle, TrySendAsync(to.CompleteAsync), cancellationToken).ConfigureAwait(false));
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

    private async Task<T> GuardAsync<T>(string what, TimeSpan limit, Task<T> answer, CancellationToken cancellationToken)
    {
        try
        {
            var given = await watch.WaitAsync(answer, Idle).ConfigureAwait(false);
            _hasAnswered = true;
            return given;
        }
        catch (StalledException e)
        {
            throw errors.Stalled(what, e.Limit);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException e)
        {
            throw errors.Explain(e, what, limit);
        }
    }

    private CallOptions Options(CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (address.SessionToken.Length > 0)
        {
            headers.Add(TokenHeader, address.SessionToken);
        }

        return new CallOptions(headers, cancellationToken: cancellationToken);
    }
}

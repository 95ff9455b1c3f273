using System.Runtime.CompilerServices;
using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>Makes calls with what every call needs: the token, a deadline, and errors that say what to check. Nothing is tried twice.</summary>
internal sealed class PachdCalls(ClusterAddress address, TimeSpan deadline)
{
    private const int PatienceFactor = 10;
    private const string TokenHeader = "authn-token";

    private readonly PachdErrors _errors = new(address);

    /// <summary>Makes a call that any server answers at once.</summary>
    public Task<T> AskAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        CallAsync(what, call, deadline, cancellationToken);

    /// <summary>Makes a call that a large cluster needs time for.</summary>
    public Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        CallAsync(what, call, deadline * PatienceFactor, cancellationToken);

    /// <summary>Makes a call that answers with a stream, as long as that may be.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string what, Func<CallOptions, AsyncServerStreamingCall<T>> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = start(Options(null, cancellationToken));
        while (await GuardAsync(what, null, call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    /// <summary>Sends a stream and waits for the answer to it.</summary>
    /// <returns>How many messages were sent.</returns>
    public async Task<long> SendAsync<T, TAnswer>(
        string what, Func<CallOptions, AsyncClientStreamingCall<T, TAnswer>> start, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
    {
        using var call = start(Options(null, cancellationToken));
        var (sent, isBrokenOff) = await SendAllAsync(call.RequestStream, messages, cancellationToken).ConfigureAwait(false);

        // Where sending broke off, the reason is in the answer: servers end a call before they have read it whole when they cannot go on.
        await GuardAsync(what, null, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
        return isBrokenOff ? throw _errors.EndedEarly(what, sent) : sent;
    }

    private async Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> start, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var call = start(Options(limit, cancellationToken));
        return await GuardAsync(what, limit, call.ResponseAsync, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(long Sent, bool IsBrokenOff)> SendAllAsync<T>(
        IClientStreamWriter<T> to, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
    {
        var sent = 0L;
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!await TrySendAsync(() => to.WriteAsync(message, cancellationToken)).ConfigureAwait(false))
            {
                return (sent, true);
            }

            sent++;
        }

        return (sent, !await TrySendAsync(to.CompleteAsync).ConfigureAwait(false));
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
            // Only says that the call has ended, in whatever way the moment has it; why is in its answer.
            return false;
        }
    }

    private async Task<T> GuardAsync<T>(string what, TimeSpan? limit, Task<T> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException e)
        {
            throw _errors.Explain(e, what, limit);
        }
    }

    private CallOptions Options(TimeSpan? limit, CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (address.SessionToken.Length > 0)
        {
            headers.Add(TokenHeader, address.SessionToken);
        }

        return new CallOptions(headers, limit is null ? null : DateTime.UtcNow + limit, cancellationToken);
    }
}

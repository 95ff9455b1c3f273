using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;

namespace PachUp.Testing;

/// <summary>
/// A proxy for pachd that forwards calls a few bytes at a time. A test can observe all calls, and can answer a call instead of the server.
/// </summary>
public sealed class CallProxy : IAsyncDisposable
{
    private const int BytesAtATime = 512;

    // Headers that belong to one connection, or that the proxy sets itself.
    private static readonly HashSet<string> NotPassedOn = new(["host", "content-type", "content-length", "transfer-encoding"], StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentDictionary<string, DelayedCall> _delayed = new();
    private readonly HttpClient _client;
    private FakePachd? _front;

    private CallProxy(ClusterAddress server) => _client = new HttpClient { BaseAddress = new Uri($"http://{server.Host}:{server.Port}") };

    /// <summary>The address for clients.</summary>
    public ClusterAddress Address => _front!.Address;

    /// <summary>Called before a call is forwarded. If it returns an answer, the proxy sends it instead of the server.</summary>
    public Func<PassingCall, Reply?> Instead { get; set; } = _ => null;

    /// <summary>Called before more bytes of a call are forwarded. If it throws, the call ends without an answer.</summary>
    public Action<PassingCall> Passing { get; set; } = _ => { };

    /// <summary>Starts the proxy.</summary>
    public static async Task<CallProxy> StartAsync(ClusterAddress server)
    {
        var proxy = new CallProxy(server);
        proxy._front = await FakePachd.StartAsync(proxy.HandleAsync, listen: null);
        return proxy;
    }

    /// <summary>Keeps the next call of a method, as a network does that is cut in the middle of it.</summary>
    public DelayedCall Delay(string method) => _delayed[method] = new DelayedCall();

    public async ValueTask DisposeAsync()
    {
        await _front!.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var method = context.Request.Path.Value!;
        var call = new PassingCall(method, _calls.AddOrUpdate(method, 1, (_, before) => before + 1), IsAnswer: false, Bytes: 0);
        try
        {
            if (Instead(call) is { } reply)
            {
                await FakePachd.WriteAsync(context, reply);
            }
            else if (_delayed.TryRemove(call.Method, out var delayed))
            {
                await PassOnLateAsync(delayed, context);
            }
            else
            {
                await PassOnAsync(call, context);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or HttpRequestException)
        {
            // Each side may close its connection at any time. Then the other side is closed too.
            context.Abort();
        }
    }

    private async Task PassOnAsync(PassingCall call, HttpContext context)
    {
        using var request = RequestOf(context.Request, new PumpedContent(to => PumpAsync(context.Request.Body, to, call, context.RequestAborted)));
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        foreach (var header in answer.Headers.Where(header => !NotPassedOn.Contains(header.Key)))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await PumpAsync(await answer.Content.ReadAsStreamAsync(context.RequestAborted), context.Response.Body, call with { IsAnswer = true }, context.RequestAborted);
        foreach (var trailer in answer.TrailingHeaders)
        {
            context.Response.AppendTrailer(trailer.Key, trailer.Value.ToArray());
        }
    }

    /// <summary>Reads a call to its end, and delivers it when the test wants it, even if its client has gone.</summary>
    private async Task PassOnLateAsync(DelayedCall delayed, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        using var request = RequestOf(context.Request, new ByteArrayContent(body.ToArray()));
        await delayed.HoldAsync();
        using var answer = await _client.SendAsync(request, CancellationToken.None);
        delayed.End(answer.TrailingHeaders.TryGetValues("grpc-status", out var status) ? status.Single() : "");
    }

    private static HttpRequestMessage RequestOf(HttpRequest from, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, from.Path.Value)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.TryAddWithoutValidation("content-type", from.ContentType);
        foreach (var header in from.Headers.Where(header => !NotPassedOn.Contains(header.Key) && !header.Key.StartsWith(':')))
        {
            request.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]);
        }

        return request;
    }

    private async Task PumpAsync(Stream from, Stream to, PassingCall call, CancellationToken cancellationToken)
    {
        var buffer = new byte[BytesAtATime];
        Passing(call);
        int count;
        while ((count = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            call = call with { Bytes = call.Bytes + count };
            Passing(call);
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }

    /// <summary>The content of a request that arrives in pieces.</summary>
    private sealed class PumpedContent(Func<Stream, Task> pump) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => pump(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

/// <summary>A call that passes through the proxy.</summary>
/// <param name="Method">Its method, as <c>/pfs.API/PutFile</c>.</param>
/// <param name="Number">The number of the call of this method, from 1.</param>
/// <param name="IsAnswer">Whether the bytes come from the server; otherwise from the client.</param>
/// <param name="Bytes">The number of bytes so far in this direction.</param>
public sealed record PassingCall(string Method, int Number, bool IsAnswer, long Bytes);

/// <summary>A call that the network keeps and delivers late.</summary>
public sealed class DelayedCall
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the client has sent the whole call. The server has nothing of it.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Delivers the call to the server.</summary>
    /// <returns>The gRPC status of the answer; empty if there was none.</returns>
    public Task<string> DeliverAsync()
    {
        _wanted.TrySetResult();
        return _answered.Task;
    }

    internal Task HoldAsync()
    {
        _arrived.TrySetResult();
        return _wanted.Task;
    }

    internal void End(string status) => _answered.TrySetResult(status);
}

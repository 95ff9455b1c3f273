using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;

namespace PachUp.Testing;

/// <summary>
/// Stands before a pachd and passes its calls on, a few bytes at a time. A test is told of all of them, and can answer one in the server's place.
/// </summary>
public sealed class CallProxy : IAsyncDisposable
{
    private const int BytesAtATime = 512;

    // What belongs to one connection, or is written anew on the other.
    private static readonly HashSet<string> NotPassedOn = new(["host", "content-type", "content-length", "transfer-encoding"], StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly HttpClient _client;
    private FakePachd? _front;

    private CallProxy(ClusterAddress server) => _client = new HttpClient { BaseAddress = new Uri($"http://{server.Host}:{server.Port}") };

    /// <summary>Where clients find it.</summary>
    public ClusterAddress Address => _front!.Address;

    /// <summary>Asked before a call is passed on; what it gives is answered in the server's place.</summary>
    public Func<PassingCall, Reply?> Instead { get; set; } = _ => null;

    /// <summary>Told before more bytes of a call are passed on. Where it throws, the call ends without an answer.</summary>
    public Action<PassingCall> Passing { get; set; } = _ => { };

    /// <summary>Starts listening.</summary>
    public static async Task<CallProxy> StartAsync(ClusterAddress server)
    {
        var proxy = new CallProxy(server);
        proxy._front = await FakePachd.StartAsync(proxy.HandleAsync, listen: null);
        return proxy;
    }

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
            else
            {
                await PassOnAsync(call, context);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or HttpRequestException)
        {
            // Either side may go at any time; the other is told.
            context.Abort();
        }
    }

    private async Task PassOnAsync(PassingCall call, HttpContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new PumpedContent(to => PumpAsync(context.Request.Body, to, call, context.RequestAborted)),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", context.Request.ContentType);
        foreach (var header in context.Request.Headers.Where(header => !NotPassedOn.Contains(header.Key) && !header.Key.StartsWith(':')))
        {
            request.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]);
        }

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

    /// <summary>The content of a request that comes bit by bit.</summary>
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

/// <summary>A call on its way.</summary>
/// <param name="Method">Its method, as <c>/pfs.API/PutFile</c>.</param>
/// <param name="Number">The how-manieth call of the method it is, from 1.</param>
/// <param name="IsAnswer">Whether it is about what comes from the server; otherwise what comes from the client.</param>
/// <param name="Bytes">How many bytes have come that way.</param>
public sealed record PassingCall(string Method, int Number, bool IsAnswer, long Bytes);

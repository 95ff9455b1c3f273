using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm.Connections;

namespace PachUp.Testing;

/// <summary>The answer of a server to one call: messages, then a status.</summary>
public sealed record Reply(IReadOnlyList<byte[]> Messages, int Code = 0, string Text = "")
{
    public static Reply Of(params IMessage[] messages) => new([.. messages.Select(message => message.ToByteArray())]);

    public static Reply Error(int code, string text) => new([], code, text);
}

/// <summary>
/// A gRPC server that works with raw message bytes, so that a test can choose any answer: answers of real servers, and
/// invalid answers.
/// </summary>
public sealed class FakePachd : IAsyncDisposable
{
    private readonly WebApplication _host;

    private FakePachd(WebApplication host) => _host = host;

    public int Port => new Uri(_host.Urls.Single()).Port;

    public ClusterAddress Address => new() { Host = "127.0.0.1", Port = Port, Origin = "--source" };

    /// <summary>The names of the methods that were called, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The headers of the last call.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    /// <summary>Starts a server whose answers come from a function of the method and the request's messages.</summary>
    public static Task<FakePachd> StartAsync(Func<string, IReadOnlyList<byte[]>, Reply> answer) =>
        StartAsync(async context => await WriteAsync(context, answer(context.Request.Path, await ReadAllAsync(context))));

    /// <summary>Starts a server that handles each call with a function.</summary>
    public static async Task<FakePachd> StartAsync(Func<HttpContext, Task> handle, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, options =>
        {
            options.Protocols = HttpProtocols.Http2;
            listen?.Invoke(options);
        }));
        var fake = new FakePachd(builder.Build());
        fake._host.Run(context => fake.HandleAsync(context, handle));
        await fake._host.StartAsync();
        return fake;
    }

    /// <summary>All messages of a request, read to its end.</summary>
    public static async Task<List<byte[]>> ReadAllAsync(HttpContext context)
    {
        var messages = new List<byte[]>();
        var prefix = new byte[5];
        while (await context.Request.Body.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false) == prefix.Length)
        {
            var message = new byte[BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1))];
            await context.Request.Body.ReadExactlyAsync(message);
            messages.Add(message);
        }

        return messages;
    }

    public static async Task WriteAsync(HttpContext context, Reply reply)
    {
        context.Response.ContentType = "application/grpc";
        foreach (var message in reply.Messages)
        {
            var prefix = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
            await context.Response.Body.WriteAsync(prefix);
            await context.Response.Body.WriteAsync(message);
        }

        context.Response.AppendTrailer("grpc-status", $"{reply.Code}");
        context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(reply.Text));
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task HandleAsync(HttpContext context, Func<HttpContext, Task> handle)
    {
        lock (Calls)
        {
            Calls.Add(context.Request.Path);
            Headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
        }

        return handle(context);
    }
}

using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Version = PachUp.Pachyderm.Wire.Version;

namespace PachUp.Pachyderm.Connections;

/// <summary>One connection to one port of pachd.</summary>
internal sealed class PachdConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly PachdRetry _retry;
    private readonly Version.API.APIClient _version;

    public PachdConnection(ClusterAddress address)
    {
        var watch = new CallWatch(address.Timeouts.Time);
        Address = address;
        _channel = PachdChannel.Open(address, watch);
        Invoker = _channel.CreateCallInvoker();
        Errors = new PachdErrors(address);
        Calls = new PachdCalls(address, Errors, watch);
        _retry = new PachdRetry(address, () => Calls.HasAnswered);
        _version = new Version.API.APIClient(Invoker);
        Greet = AskVersionOnceAsync;
    }

    public ClusterAddress Address { get; }

    public CallInvoker Invoker { get; }

    public PachdErrors Errors { get; }

    /// <summary>Makes calls that are not repeated.</summary>
    public PachdCalls Calls { get; }

    /// <summary>
    /// A short call that is made before every long call, so that a server that does not answer is detected early. By default it asks for the
    /// release.
    /// </summary>
    public Func<CancellationToken, Task> Greet { get; init; }

    /// <summary>Asks for the release.</summary>
    public Task<Version.Version> AskVersionAsync(CancellationToken cancellationToken) => _retry.RepeatAsync(AskVersionOnceAsync, cancellationToken);

    /// <summary>Makes a short call, which every server answers immediately.</summary>
    public Task<T> AskAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        _retry.RepeatAsync(token => Calls.AskAsync(what, call, token), cancellationToken);

    /// <summary>Makes a call that takes time on a large cluster.</summary>
    public Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        GreetAndRepeatAsync(token => Calls.CallAsync(what, call, token), cancellationToken);

    /// <summary>Makes a call in which the server goes through all files of a commit.</summary>
    public Task<T> CallLongAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        GreetAndRepeatAsync(token => Calls.CallLongAsync(what, call, token), cancellationToken);

    /// <summary>Makes a call that returns a stream. See <see cref="RestartableStream{T}"/> for the key.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string what,
        Func<CallOptions, AsyncServerStreamingCall<T>> call,
        Func<T, string>? keyOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new RestartableStream<T>(token => OpenAsync(what, call, token), keyOf, _retry);
        while (await stream.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return stream.Current;
        }
    }

    public void Dispose() => _channel.Dispose();

    private Task<Version.Version> AskVersionOnceAsync(CancellationToken cancellationToken) =>
        Calls.AskAsync("say its release", options => _version.GetVersionAsync(new Empty(), options), cancellationToken);

    private Task<T> GreetAndRepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _retry.RepeatAsync(
            async token =>
            {
                await Greet(token).ConfigureAwait(false);
                return await call(token).ConfigureAwait(false);
            },
            cancellationToken);

    private async IAsyncEnumerable<T> OpenAsync<T>(
        string what, Func<CallOptions, AsyncServerStreamingCall<T>> call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Greet(cancellationToken).ConfigureAwait(false);
        await foreach (var message in Calls.StreamAsync(what, call, cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }
}

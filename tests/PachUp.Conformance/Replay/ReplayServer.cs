using Grpc.Net.Client;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;

namespace PachUp.Conformance.Replay;

/// <summary>A fresh sandbox and a connection to it.</summary>
public sealed class ReplayServer : IAsyncDisposable
{
    private readonly SandboxCluster _sandbox;

    private ReplayServer(SandboxCluster sandbox, RawCaller caller)
    {
        _sandbox = sandbox;
        Caller = caller;
    }

    /// <summary>Makes calls to the sandbox.</summary>
    public RawCaller Caller { get; }

    /// <summary>Makes an empty store, laid out as those of the recorded servers, which had pachd's <c>local</c> backend.</summary>
    public static SandboxObjectStore NewStore() => new() { HasLocalLayout = true };

    /// <summary>Starts an empty sandbox.</summary>
    /// <param name="release">The release that it behaves as.</param>
    /// <param name="store">Where its objects lie; null for a new, empty store.</param>
    public static async Task<ReplayServer> StartAsync(Release release, SandboxObjectStore? store = null)
    {
        var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = release, ObjectStore = store ?? NewStore() });
        var channel = GrpcChannel.ForAddress(UriOf(sandbox.Address), new GrpcChannelOptions
        {
            MaxReceiveMessageSize = PachdClient.MaxMessageBytes,
            MaxSendMessageSize = PachdClient.MaxMessageBytes,
        });
        return new ReplayServer(sandbox, new RawCaller(channel));
    }

    /// <summary>Stops the sandbox.</summary>
    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await _sandbox.DisposeAsync();
    }

    private static Uri UriOf(ClusterAddress address) => new UriBuilder(Uri.UriSchemeHttp, address.Host, address.Port).Uri;
}

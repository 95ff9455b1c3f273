using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sandbox.Server.Filling;
using PachUp.Sdk.Testing;

namespace PachUp.Conformance.Replay;

/// <summary>An empty sandbox and a connection to it.</summary>
public sealed class ReplayServer : IAsyncDisposable
{
    private readonly SandboxCluster _sandbox;

    private readonly RawCaller _public;
    private readonly RawCaller _peer;

    private ReplayServer(SandboxCluster sandbox)
    {
        _sandbox = sandbox;
        _public = new RawCaller(SandboxChannel.Open(sandbox.Address));
        _peer = new RawCaller(SandboxChannel.Open(sandbox.PeerAddress));
    }

    /// <summary>
    /// The caller for a recording: it uses the public port if the recorded port refused the object API, and otherwise the peer port, which serves all calls.
    /// </summary>
    public RawCaller CallerFor(IEnumerable<RecordedCall> calls) => calls.Any(call => call.FoundObjectApiClosed) ? _public : _peer;

    /// <summary>Makes an empty store with the layout of the recorded servers, which used pachd's <c>local</c> backend.</summary>
    public static SandboxObjectStore NewStore() => new() { HasLocalLayout = true };

    /// <summary>Starts an empty sandbox.</summary>
    /// <param name="release">The release that it behaves as.</param>
    /// <param name="store">The store for its objects; null for a new, empty one.</param>
    public static async Task<ReplayServer> StartAsync(Release release, SandboxObjectStore? store = null)
    {
        var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = release, ObjectStore = store ?? NewStore(), TicksOnRequest = true });
        return new ReplayServer(sandbox);
    }

    /// <summary>Makes the next tick of the cron input with a repo if one is due.</summary>
    /// <returns>Whether a tick was due.</returns>
    public bool Tick(string repo) => _sandbox.Tick(repo);

    /// <summary>Begins the next tick of the cron input with a repo if one is due, and leaves its commit open.</summary>
    /// <returns>Whether a tick was due.</returns>
    public bool BeginTick(string repo) => _sandbox.BeginTick(repo);

    /// <summary>Fills the sandbox with the state that a recorded server showed.</summary>
    public void Fill(ServerState state) => _sandbox.Fill(state);

    /// <summary>Stops the sandbox.</summary>
    public async ValueTask DisposeAsync()
    {
        _public.Dispose();
        _peer.Dispose();
        await _sandbox.DisposeAsync();
    }
}

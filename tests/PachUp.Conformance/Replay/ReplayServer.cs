using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;

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
        var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = release, ObjectStore = store ?? NewStore() });
        return new ReplayServer(sandbox, new RawCaller(SandboxChannel.Open(sandbox.Address)));
    }

    /// <summary>Makes the next tick of the cron input with a repo, where one is due.</summary>
    /// <returns>Whether one was due.</returns>
    public bool Tick(string repo) => _sandbox.Tick(repo);

    /// <summary>Begins such a tick and leaves its commit open.</summary>
    /// <returns>Whether one was due.</returns>
    public bool BeginTick(string repo) => _sandbox.BeginTick(repo);

    /// <summary>Lets the sandbox hold what a recorded server showed.</summary>
    public void Fill(ServerState state) => _sandbox.Fill(state);

    /// <summary>Stops the sandbox.</summary>
    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await _sandbox.DisposeAsync();
    }
}

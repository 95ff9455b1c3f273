using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox.Server;
using PachUp.Sandbox.Server.Admin;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Data;
using PachUp.Sandbox.Server.Filling;
using PachUp.Sandbox.Server.Hosting;
using PachUp.Sandbox.Server.Workers;

namespace PachUp.Sandbox;

/// <summary>
/// A pachd in this process. It serves the gRPC API of one release on 127.0.0.1, without encryption, and answers and refuses as the real server does.
/// Cron inputs tick. Workers run only with <see cref="SandboxOptions.RunPipelines"/>; otherwise output commits stay open until a client finishes them.
/// </summary>
public sealed class SandboxCluster : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly Pachd _pachd;
    private readonly DataDirectory? _data;

    private SandboxCluster(WebApplication host, Pachd pachd, SandboxObjectStore objectStore, DataDirectory? data)
    {
        _host = host;
        _pachd = pachd;
        _data = data;
        ObjectStore = objectStore;
        (Address, PeerAddress) = AddressesOf(host);
        Failure = data?.Failure ?? new TaskCompletionSource<DataDirectoryException>().Task;
    }

    /// <summary>Where it listens: the public port.</summary>
    public ClusterAddress Address { get; }

    /// <summary>The peer port: it serves every call, the object API included, as port 653 in the pod of a real server.</summary>
    public ClusterAddress PeerAddress { get; }

    /// <summary>The release that it behaves as.</summary>
    public Release Release => _pachd.Release;

    /// <summary>Its bucket.</summary>
    public SandboxObjectStore ObjectStore { get; }

    /// <summary>Whether its public port is closed for all clients but PachUp.</summary>
    public bool IsFenced
    {
        get => _pachd.IsFenced;
        set => _pachd.IsFenced = value;
    }

    /// <summary>How many calls that can change something came. Filling the cluster from an archive does not count.</summary>
    public long WriteCalls => _pachd.WriteCalls;

    /// <summary>How many operations of <c>Restore</c> calls named a repo, pipeline, commit or branch that existed already.</summary>
    public long RepeatedOperations => _pachd.RepeatedOperations;

    /// <summary>
    /// Ends with the reason when the data directory cannot be written. The cluster then answers no more calls. Started again with the directory, it holds
    /// everything that it had acknowledged.
    /// </summary>
    public Task<DataDirectoryException> Failure { get; }

    /// <summary>The last operation of a restore that the cluster refused; null where it refused none.</summary>
    public RefusedOperation? LastRefusal => _host.Services.GetRequiredService<Restorer>().LastRefusal;

    /// <summary>Starts a cluster and returns when it takes calls.</summary>
    /// <exception cref="SandboxException">
    /// The release is not one of <see cref="SandboxReleases.All"/>, the port is in use, or the archive is refused.
    /// </exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be used.</exception>
    public static async Task<SandboxCluster> StartAsync(SandboxOptions options, CancellationToken ct = default)
    {
        CheckRelease(options.Release);
        if (options is { DataDirectory: not null, ObjectStore: not null })
            throw new ArgumentException("A cluster with a data directory keeps its objects there; give it no other bucket.", nameof(options));

        var data = options.DataDirectory is { } path ? DataDirectory.Open(path, options.Release, options.Upgrades) : null;
        try
        {
            return await StartAsync(options, data, ct);
        }
        catch
        {
            data?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Restores an archive that <c>pachctl extract</c> or PachUp wrote, as a <c>Restore</c> call does, but without cron ticks in between. The cluster is
    /// then like one that has run until now: cron ticks that are due count as made.
    /// </summary>
    /// <param name="archivePath">The archive.</param>
    /// <param name="ct">Stops it; what was restored stays.</param>
    /// <exception cref="SandboxException">The server refused the archive; the message is the server's. What was restored before stays.</exception>
    public async Task FillAsync(string archivePath, CancellationToken ct = default)
    {
        await using var archive = File.OpenRead(archivePath);
        await FillAsync(archive, ct);
    }

    /// <inheritdoc cref="FillAsync(string, CancellationToken)"/>
    /// <param name="archive">The archive; it stays open.</param>
    /// <param name="ct">Stops it; what was restored stays.</param>
    public async Task FillAsync(Stream archive, CancellationToken ct = default)
    {
        try
        {
            await RestoreAsync(_host, archive, ct);
        }
        finally
        {
            _pachd.Save();
        }
    }

    /// <summary>
    /// Fills the cluster with what another cluster listed: also open commits, output repos and stopped pipelines. Placeholders without files stand for
    /// the objects that the commits name.
    /// </summary>
    /// <param name="inventory">What the other cluster listed. This cluster must be empty.</param>
    /// <param name="completesSpecs">
    /// Whether unset fields of pipelines get the defaults of the release, and a salt. For inventories read from a stream that leaves fields out.
    /// </param>
    /// <exception cref="SandboxException">The inventory holds something that no server can have.</exception>
    public void Fill(ClusterInventory inventory, bool completesSpecs = false) =>
        Fill(() => _host.Services.GetRequiredService<ClusterFiller>().Fill(inventory, completesSpecs));

    /// <summary>
    /// Fills the cluster with what another server showed, including finished output and jobs. Existing items stay, except for what workers change: open
    /// commits are finished, pipelines change state, and jobs are added.
    /// </summary>
    /// <param name="state">What the other server showed.</param>
    /// <exception cref="SandboxException">The state holds something that no server can have.</exception>
    public void Fill(ServerState state) => Fill(() => _host.Services.GetRequiredService<StateFiller>().Fill(state));

    /// <summary>Makes the next tick of a cron input if one is due. Finishes a tick that <see cref="BeginTick"/> began.</summary>
    /// <param name="repo">The repo of the input.</param>
    /// <returns>Whether a tick was due.</returns>
    public bool Tick(string repo) => _host.Services.GetRequiredService<CronTicker>().Tick(repo);

    /// <summary>Begins the next tick of a cron input if one is due. Its commit stays open until <see cref="Tick"/>, as on a real server for a moment.</summary>
    /// <param name="repo">The repo of the input.</param>
    /// <returns>Whether a tick was due.</returns>
    public bool BeginTick(string repo) => _host.Services.GetRequiredService<CronTicker>().BeginTick(repo);

    /// <summary>Stops the cluster. Calls that are running end with an error.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
        _data?.Dispose();
        _pachd.Metadata.Forget();
    }

    private void Fill(Action fill)
    {
        try
        {
            using (_host.Services.GetRequiredService<CronTicker>().Pause())
                fill();
        }
        catch (Exception e) when (e is PachdError or ServerCrash)
        {
            throw new SandboxException($"A sandbox of {Release} cannot hold this state: {e.Message}", e);
        }
        finally
        {
            _pachd.Save();
        }
    }

    private static void CheckRelease(Release release)
    {
        if (!SandboxReleases.All.Contains(release))
            throw new SandboxException($"There is no sandbox of release \"{release}\"; choose one of {string.Join(", ", SandboxReleases.All)}.");
    }

    private static async Task<SandboxCluster> StartAsync(SandboxOptions options, DataDirectory? data, CancellationToken ct)
    {
        var objectStore = data is null ? options.ObjectStore ?? new SandboxObjectStore() : new SandboxObjectStore(data.Blobs);
        var pachd = new Pachd(SettingsOf(options, objectStore), data) { IsFenced = options.IsFenced };
        if (data is not null && options.Archive is not null && !pachd.IsEmpty)
            throw data.Filled;

        var host = Build(options, pachd);
        try
        {
            if (options.Archive is not null)
                await RestoreWholeAsync(host, options.Archive, options.Release, ct);

            // Save last: if the port is in use or the archive is refused, the directory does not change.
            await ListenAsync(host, options, ct);
            pachd.Save();
            return new SandboxCluster(host, pachd, objectStore, data);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private static PachdSettings SettingsOf(SandboxOptions options, SandboxObjectStore objectStore) => new()
    {
        Release = options.Release,
        StatedRelease = options.StatedRelease ?? options.Release,
        Objects = objectStore.OpenFor(options.Release),
        Clock = options.TimeProvider,
        RunsPipelines = options.RunPipelines,
        TicksOnRequest = options.TicksOnRequest,
        MaxTxnOps = options.MaxTxnOps,
        IdSeed = options.IdSeed,
    };

    private static async Task RestoreWholeAsync(WebApplication host, string archivePath, Release release, CancellationToken ct)
    {
        try
        {
            await using var archive = File.OpenRead(archivePath);
            await RestoreAsync(host, archive, ct);
        }
        catch (SandboxException e)
        {
            throw new SandboxException($"A pachd {release} refuses the archive \"{archivePath}\": {e.Message}", e);
        }
    }

    private static async Task RestoreAsync(WebApplication host, Stream archive, CancellationToken ct)
    {
        try
        {
            var restorer = host.Services.GetRequiredService<Restorer>();
            using (host.Services.GetRequiredService<CronTicker>().Pause())
                await restorer.RestoreAsync(ArchiveReader.ReadAsync(archive, ct).WithEmptyObjectsWhole(ct), ct);
        }
        catch (Exception e) when (e is PachdError or ServerCrash)
        {
            throw new SandboxException(e.Message, e);
        }
    }

    private static async Task ListenAsync(WebApplication host, SandboxOptions options, CancellationToken ct)
    {
        try
        {
            await host.StartAsync(ct);
        }
        catch (IOException e)
        {
            throw new SandboxException(
                $"The sandbox cannot listen on 127.0.0.1:{options.Port}{(options.PeerPort > 0 ? $" and 127.0.0.1:{options.PeerPort}" : "")}: {e.Message} Choose another port.", e);
        }
    }

    private static WebApplication Build(SandboxOptions options, Pachd pachd)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, options.PeerPort, listen => PeerPort.Mark(listen).Protocols = HttpProtocols.Http2);

            // Behind a proxy that ends TLS, requests say https and may name another host. pachd checks neither.
            kestrel.AllowAlternateSchemes = true;
            kestrel.AllowHostHeaderOverride = true;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddSandboxServices(pachd);
        builder.Services.AddHostedService<WorkerLoop>();
        var host = builder.Build();
        host.UseSandboxServices(options.Release, options.ExposeObjectApi);
        return host;
    }

    /// <summary>The addresses in the order in which the server was told to listen.</summary>
    private static (ClusterAddress Public, ClusterAddress Peer) AddressesOf(WebApplication host)
    {
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return addresses!.Addresses.Select(address => new Uri(address)).ToList() is [var open, var peer]
            ? (AddressOf(open, "sandbox"), AddressOf(peer, "peer port of the sandbox"))
            : throw new InvalidOperationException("A sandbox listens on two ports.");
    }

    private static ClusterAddress AddressOf(Uri uri, string origin) => new() { Host = uri.Host, Port = uri.Port, Origin = origin };
}

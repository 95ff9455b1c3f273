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
using PachUp.Sandbox.Admin;
using PachUp.Sandbox.Hosting;

namespace PachUp.Sandbox;

/// <summary>
/// A pachd in the process: serves the gRPC API of one release on 127.0.0.1, without encryption, as the real server does, refusals
/// included. No workers run, so output commits stay open until somebody finishes them.
/// </summary>
public sealed class SandboxCluster : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly Pachd _pachd;

    private SandboxCluster(WebApplication host, Pachd pachd, SandboxObjectStore objectStore)
    {
        _host = host;
        _pachd = pachd;
        ObjectStore = objectStore;
        Address = AddressOf(host);
    }

    /// <summary>Where it listens.</summary>
    public ClusterAddress Address { get; }

    /// <summary>The release that it behaves as.</summary>
    public Release Release => _pachd.Release;

    /// <summary>Its bucket.</summary>
    public SandboxObjectStore ObjectStore { get; }

    /// <summary>How many calls it got that may change something. Filling it from an archive is none.</summary>
    public long WriteCalls => _pachd.WriteCalls;

    /// <summary>Starts a cluster and returns when it takes calls.</summary>
    /// <exception cref="SandboxException">The release is not one of <see cref="SandboxReleases.All"/>, or the port is in use.</exception>
    public static async Task<SandboxCluster> StartAsync(SandboxOptions options, CancellationToken ct = default)
    {
        if (!SandboxReleases.All.Contains(options.Release))
        {
            throw new SandboxException(
                $"There is no sandbox of release \"{options.Release}\"; choose one of {string.Join(", ", SandboxReleases.All)}.");
        }

        var objectStore = options.ObjectStore ?? new SandboxObjectStore();
        var pachd = new Pachd(options, objectStore);
        var host = Build(options, pachd);
        try
        {
            await host.StartAsync(ct);
        }
        catch (IOException e)
        {
            await host.DisposeAsync();
            throw new SandboxException($"The sandbox cannot listen on 127.0.0.1:{options.Port}: {e.Message} Choose another port.", e);
        }

        return new SandboxCluster(host, pachd, objectStore);
    }

    /// <summary>Restores an archive that <c>pachctl extract</c> or PachUp wrote, as a <c>Restore</c> call does.</summary>
    /// <param name="archivePath">The archive.</param>
    /// <param name="ct">Stops it; what was restored stays.</param>
    /// <exception cref="SandboxException">The server refused it; the message is its own. What was restored before stays.</exception>
    public async Task FillAsync(string archivePath, CancellationToken ct = default)
    {
        await using var archive = File.OpenRead(archivePath);
        try
        {
            await _host.Services.GetRequiredService<Restorer>().RestoreAsync(ArchiveReader.ReadAsync(archive, ct), ct);
        }
        catch (Exception e) when (e is PachdError or ServerCrash)
        {
            throw new SandboxException(e.Message, e);
        }
    }

    /// <summary>Stops it. Calls under way end with an error.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }

    private static WebApplication Build(SandboxOptions options, Pachd pachd)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddSandboxServices(pachd);
        var host = builder.Build();
        host.UseSandboxServices(options.Release);
        return host;
    }

    private static ClusterAddress AddressOf(WebApplication host)
    {
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        var uri = new Uri(addresses!.Addresses.Single());
        return new ClusterAddress { Host = uri.Host, Port = uri.Port, Origin = "sandbox" };
    }
}

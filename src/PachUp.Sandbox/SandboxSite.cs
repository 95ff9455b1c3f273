using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox;

/// <summary>A place where one sandbox cluster at a time runs: it can be stopped, and started again as another release with what it held.</summary>
public sealed class SandboxSite : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private bool _isStopped;

    private Release _statedRelease;

    private SandboxSite(SandboxCluster cluster, SandboxOptions options)
    {
        (Cluster, _options) = (cluster, options);
        _statedRelease = options.StatedRelease ?? options.Release;
    }

    /// <summary>The cluster that runs there, or ran last.</summary>
    public SandboxCluster Cluster { get; private set; }

    /// <summary>Where it answers.</summary>
    public ClusterAddress Address => Cluster.Address;

    /// <summary>Where its peer port is.</summary>
    public ClusterAddress PeerAddress => Cluster.PeerAddress;

    /// <summary>The release that it behaves as.</summary>
    public Release Release => Cluster.Release;

    /// <summary>How many operations its etcd takes in one transaction.</summary>
    public int MaxTxnOps => _options.MaxTxnOps;

    /// <summary>Whether what it holds outlives it.</summary>
    public bool KeepsMetadata => _options.DataDirectory is not null;

    /// <summary>Starts a cluster and returns when it takes calls.</summary>
    /// <exception cref="SandboxException">See <see cref="SandboxCluster.StartAsync(SandboxOptions, CancellationToken)"/>.</exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be used.</exception>
    public static async Task<SandboxSite> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default) =>
        new(await SandboxCluster.StartAsync(options, cancellationToken), options);

    /// <summary>Stops the cluster; harmless where it is stopped.</summary>
    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Cluster.DisposeAsync();
        }
    }

    /// <summary>Starts the cluster again at its address; harmless where it runs as this release.</summary>
    /// <param name="release">The release that it says it is from now on, and behaves as, or as the one that stands in for it.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="SandboxException">What it held was in memory and is gone, it runs as another release, or it cannot be started.</exception>
    /// <exception cref="DataDirectoryException">What it held is of a later release.</exception>
    public async Task StartAgainAsync(Release release, CancellationToken cancellationToken = default)
    {
        if (!_isStopped)
        {
            ThrowIfOther(release);
            return;
        }

        if (!KeepsMetadata)
        {
            throw new SandboxException($"The sandbox at {Address} held its state in memory, and was stopped.");
        }

        var standIn = SandboxReleases.StandInFor(release) ?? throw new SandboxException($"No sandbox behaves like {release}.");
        var options = _options with { Release = standIn, StatedRelease = release, Port = Address.Port, PeerPort = PeerAddress.Port, Archive = null, Upgrades = true };
        Cluster = await SandboxCluster.StartAsync(options, cancellationToken);
        (_statedRelease, _isStopped) = (release, false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private void ThrowIfOther(Release release)
    {
        if (_statedRelease != release)
        {
            throw new SandboxException($"The sandbox at {Address} runs, as {_statedRelease} and not as {release}; stop it first.");
        }
    }
}

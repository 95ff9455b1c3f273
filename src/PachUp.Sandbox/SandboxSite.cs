using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox;

/// <summary>An address at which one sandbox cluster at a time runs. It can be stopped, and started again as another release with the same state.</summary>
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

    /// <summary>The cluster that runs there now, or the last one.</summary>
    public SandboxCluster Cluster { get; private set; }

    /// <summary>Where it answers.</summary>
    public ClusterAddress Address => Cluster.Address;

    /// <summary>Where its peer port is.</summary>
    public ClusterAddress PeerAddress => Cluster.PeerAddress;

    /// <summary>The release that it behaves as.</summary>
    public Release Release => Cluster.Release;

    /// <summary>How many operations its etcd takes in one transaction.</summary>
    public int MaxTxnOps => _options.MaxTxnOps;

    /// <summary>Whether clients are kept out, also after it was stopped and started again.</summary>
    public bool IsFenced
    {
        get => Cluster.IsFenced;
        set => Cluster.IsFenced = value;
    }

    /// <summary>Whether its state is kept when it stops.</summary>
    public bool KeepsMetadata => _options.DataDirectory is not null;

    /// <summary>Starts a cluster and returns when it takes calls.</summary>
    /// <exception cref="SandboxException">See <see cref="SandboxCluster.StartAsync(SandboxOptions, CancellationToken)"/>.</exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be used.</exception>
    public static async Task<SandboxSite> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default) =>
        new(await SandboxCluster.StartAsync(options, cancellationToken), options);

    /// <summary>Stops the cluster; does nothing if it is stopped already.</summary>
    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Cluster.DisposeAsync();
        }
    }

    /// <summary>Starts the cluster again at its address; does nothing if it runs as this release already.</summary>
    /// <param name="release">The release that it reports from now on. It behaves as this release or its stand-in.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="SandboxException">Its state was in memory and is lost, it runs as another release, or it cannot be started.</exception>
    /// <exception cref="DataDirectoryException">Its state is of a later release.</exception>
    public async Task StartAgainAsync(Release release, CancellationToken cancellationToken = default)
    {
        if (!_isStopped)
        {
            ThrowIfOther(release);
            return;
        }

        if (!KeepsMetadata)
        {
            throw new SandboxException($"The sandbox at {Address} kept its state in memory and was stopped.");
        }

        var standIn = SandboxReleases.StandInFor(release) ?? throw new SandboxException($"No sandbox behaves like {release}.");
        var options = _options with { Release = standIn, StatedRelease = release, Port = Address.Port, PeerPort = PeerAddress.Port, Archive = null, Upgrades = true };
        Cluster = await SandboxCluster.StartAsync(options with { IsFenced = IsFenced }, cancellationToken);
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

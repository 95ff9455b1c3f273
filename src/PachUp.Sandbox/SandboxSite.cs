using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sandbox;

/// <summary>A place where one sandbox cluster at a time runs: it can be stopped, and started again as another release with what it held.</summary>
public sealed class SandboxSite : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private bool _isStopped;

    private SandboxSite(SandboxCluster cluster, SandboxOptions options) => (Cluster, _options) = (cluster, options);

    /// <summary>The cluster that runs there, or ran last.</summary>
    public SandboxCluster Cluster { get; private set; }

    /// <summary>Where it answers.</summary>
    public ClusterAddress Address => Cluster.Address;

    /// <summary>The release that it behaves as.</summary>
    public Release Release => Cluster.Release;

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
    /// <param name="release">The release that it behaves as from now on.</param>
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

        var options = _options with { Release = release, StatedRelease = null, Port = Address.Port, Archive = null, Upgrades = true };
        Cluster = await SandboxCluster.StartAsync(options, cancellationToken);
        _isStopped = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private void ThrowIfOther(Release release)
    {
        if (Release != release)
        {
            throw new SandboxException($"The sandbox at {Address} runs, as {Release} and not as {release}; stop it first.");
        }
    }
}

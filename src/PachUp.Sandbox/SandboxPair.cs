using PachUp.Common.Files;

namespace PachUp.Sandbox;

/// <summary>The sandboxes that a plan is run with: a source and a target. In a plan of one cluster both are the same.</summary>
public sealed class SandboxPair : IAsyncDisposable
{
    private readonly DirectoryInfo? _data;

    private SandboxPair(SandboxSite source, SandboxSite target, DirectoryInfo? data) => (Source, Target, _data) = (source, target, data);

    /// <summary>The source.</summary>
    public SandboxSite Source { get; }

    /// <summary>The target; the source in a plan of one cluster.</summary>
    public SandboxSite Target { get; }

    /// <summary>Whether source and target are the same.</summary>
    public bool IsOneCluster => Source == Target;

    /// <summary>The sites of the pair.</summary>
    public IReadOnlyList<SandboxSite> Sites => IsOneCluster ? [Source] : [Source, Target];

    /// <summary>The directory that is removed with the pair; null where there is none.</summary>
    public string? DataDirectory => _data?.FullName;

    /// <summary>How many calls that can change something came to them.</summary>
    public long WriteCalls => Sites.Sum(site => site.Cluster.WriteCalls);

    /// <summary>Starts two clusters.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="sharesBucket">Whether the target finds the objects of the source in its bucket; otherwise each has a bucket of its own.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="SandboxException">One of them cannot be started.</exception>
    public static async Task<SandboxPair> StartAsync(
        SandboxOptions source, SandboxOptions target, bool sharesBucket, CancellationToken cancellationToken = default)
    {
        var bucket = new SandboxObjectStore();
        var first = await SandboxSite.StartAsync(source with { ObjectStore = bucket }, cancellationToken);
        try
        {
            var second = await SandboxSite.StartAsync(target with { ObjectStore = sharesBucket ? bucket : null }, cancellationToken);
            return new SandboxPair(first, second, data: null);
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one cluster.</summary>
    /// <exception cref="SandboxException">It cannot be started.</exception>
    public static async Task<SandboxPair> StartOneAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var site = await SandboxSite.StartAsync(options, cancellationToken);
        return new SandboxPair(site, site, data: null);
    }

    /// <summary>Starts one cluster that can be stopped and started again: it keeps its state in a directory that is removed with the pair.</summary>
    /// <exception cref="SandboxException">It cannot be started.</exception>
    public static async Task<SandboxPair> StartOneOnDiskAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var data = PrivateDirectory.CreateTemporary("pachup-sandbox-");
        try
        {
            var site = await SandboxSite.StartAsync(options with { DataDirectory = data.FullName }, cancellationToken);
            return new SandboxPair(site, site, data);
        }
        catch
        {
            TryRemove.Directory(data.FullName);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
        if (_data is not null)
            TryRemove.Directory(_data.FullName);
    }
}

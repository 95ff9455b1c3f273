using PachUp.Engine.Rehearsals;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary>
/// Sandboxes in the place of the real clusters: two with one bucket, since objects have no content in a rehearsal, or one where the plan has one,
/// which keeps what it holds in a directory, since it may be deployed again on it.
/// </summary>
internal sealed class RehearsalStage : IRehearsalStage
{
    private readonly SandboxSite _source;
    private readonly SandboxSite _target;
    private readonly DirectoryInfo? _data;

    private RehearsalStage(SandboxSite source, SandboxSite target, DirectoryInfo? data)
    {
        (_source, _target, _data) = (source, target, data);
        Platform = source == target ? new SandboxPlatform(source) : new SandboxPlatform(source, target);
    }

    /// <inheritdoc/>
    public StandIn Source => new(_source.Address.ToString(), _source.Release);

    /// <inheritdoc/>
    public StandIn Target => new(_target.Address.ToString(), _target.Release);

    /// <inheritdoc/>
    public IPlatform Platform { get; }

    /// <inheritdoc/>
    public TargetRefusal? Refusal => _target.Cluster.LastRefusal is { } refused ? new TargetRefusal(refused.Item, refused.Message) : null;

    /// <summary>Starts what a plan needs.</summary>
    /// <exception cref="SandboxException">No sandbox behaves like one of the releases.</exception>
    public static async Task<IRehearsalStage> StartAsync(RehearsalCast cast, CancellationToken cancellationToken)
    {
        if (cast.IsOneCluster)
        {
            return await StartOneAsync(cast.Source, cancellationToken);
        }

        var bucket = new SandboxObjectStore();
        var left = SandboxOptions.StandingInFor(cast.Source) with { ObjectStore = bucket };
        var right = SandboxOptions.StandingInFor(cast.Target) with { ObjectStore = bucket };
        var first = await SandboxSite.StartAsync(left, cancellationToken);
        try
        {
            return new RehearsalStage(first, await SandboxSite.StartAsync(right, cancellationToken), data: null);
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Fill(ClusterInventory inventory, bool completesSpecs) => _source.Cluster.Fill(inventory, completesSpecs);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        _data?.Delete(recursive: true);
    }

    private static async Task<IRehearsalStage> StartOneAsync(Release release, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("pachup-rehearsal-data-");
        try
        {
            var site = await SandboxSite.StartAsync(SandboxOptions.StandingInFor(release) with { DataDirectory = data.FullName }, cancellationToken);
            return new RehearsalStage(site, site, data);
        }
        catch
        {
            data.Delete(recursive: true);
            throw;
        }
    }
}

using PachUp.Common.Files;
using PachUp.Engine.Plans;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.Model.Sandboxes;

/// <summary>The clusters in this process that a plan is tried with: one with some state, and an empty one where the plan has two.</summary>
internal sealed class SandboxClusters : IAsyncDisposable
{
    private readonly SandboxSite _source;
    private readonly SandboxSite _target;
    private readonly DirectoryInfo? _data;

    private SandboxClusters(SandboxSite source, SandboxSite target, DirectoryInfo? data)
    {
        (_source, _target, _data) = (source, target, data);
        Platform = source == target ? new SandboxPlatform(source) : new SandboxPlatform(source, target);
    }

    /// <summary>The platform that they are on.</summary>
    public IPlatform Platform { get; }

    /// <summary>Starts what a plan needs.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="archive">What the source is filled with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SandboxException">There is no sandbox of one of the releases, or the source refuses the archive.</exception>
    public static Task<SandboxClusters> StartAsync(PlanDocument plan, string archive, CancellationToken cancellationToken)
    {
        var cast = SandboxCast.For(plan);
        return plan.Purpose switch
        {
            PlanPurpose.Restore => StartOneAsync(SandboxOptions.StandingInFor(cast.Target), data: null, cancellationToken),
            PlanPurpose.Upgrade or PlanPurpose.Backup => StartKeptAsync(cast, archive, cancellationToken),
            _ => StartTwoAsync(cast, archive, cancellationToken),
        };
    }

    /// <summary>What the command line changes in a plan, with the addresses of the clusters, and the release of the target where another one plays it.</summary>
    public PlanOverrides OverridesOf(PlanDocument plan)
    {
        var overrides = plan.OverridesAt(_source.Address.ToString(), _target.Address.ToString());
        var target = SandboxCast.For(plan).Target;
        return plan.Destination.Known is { } planned && planned != target ? overrides with { To = target.ToString() } : overrides;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        if (_data is not null)
        {
            Leftovers.RemoveDirectory(_data.FullName);
        }
    }

    private static async Task<SandboxClusters> StartTwoAsync(SandboxCast cast, string archive, CancellationToken cancellationToken)
    {
        var bucket = new SandboxObjectStore();
        var source = await SandboxSite.StartAsync(SandboxOptions.StandingInFor(cast.Source) with { ObjectStore = bucket, Archive = archive }, cancellationToken);
        try
        {
            var target = SandboxOptions.StandingInFor(cast.Target) with { ObjectStore = cast.ShareBucket ? bucket : null };
            return new SandboxClusters(source, await SandboxSite.StartAsync(target, cancellationToken), data: null);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>A cluster that is deployed again on what it held needs that on disk.</summary>
    private static async Task<SandboxClusters> StartKeptAsync(SandboxCast cast, string archive, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("pachup-sandbox-");
        try
        {
            var options = SandboxOptions.StandingInFor(cast.Source) with { DataDirectory = data.FullName, Archive = archive };
            return await StartOneAsync(options, data, cancellationToken);
        }
        catch
        {
            data.Delete(recursive: true);
            throw;
        }
    }

    private static async Task<SandboxClusters> StartOneAsync(SandboxOptions options, DirectoryInfo? data, CancellationToken cancellationToken)
    {
        var site = await SandboxSite.StartAsync(options, cancellationToken);
        return new SandboxClusters(site, site, data);
    }
}

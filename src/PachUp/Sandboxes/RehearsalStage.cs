using PachUp.Engine.Rehearsals;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.Sandboxes;

/// <summary>
/// Sandboxes in the place of the real clusters: two with one bucket, since objects have no content in a rehearsal, or one where the plan has one.
/// </summary>
internal sealed class RehearsalStage : IRehearsalStage
{
    private readonly SandboxSite _source;
    private readonly SandboxSite _target;

    private RehearsalStage(SandboxSite source, SandboxSite target)
    {
        (_source, _target) = (source, target);
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
        var bucket = new SandboxObjectStore();
        var (left, right) = (OptionsFor(cast.Source, bucket), OptionsFor(cast.Target, bucket));
        var first = await SandboxSite.StartAsync(left, cancellationToken);
        if (cast.IsOneCluster)
        {
            return new RehearsalStage(first, first);
        }

        try
        {
            return new RehearsalStage(first, await SandboxSite.StartAsync(right, cancellationToken));
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
    }

    private static SandboxOptions OptionsFor(Release release, SandboxObjectStore bucket) => new()
    {
        Release = SandboxReleases.StandInFor(release) ?? throw NoStandIn(release),
        StatedRelease = release,
        ObjectStore = bucket,
    };

    private static SandboxException NoStandIn(Release release) => new(
        $"{release} cannot be rehearsed: there are sandboxes of {string.Join(", ", SandboxReleases.All)}, and none of them behaves like it.");
}

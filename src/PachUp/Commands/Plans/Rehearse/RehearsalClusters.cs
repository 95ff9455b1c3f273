using PachUp.Engine.Rehearsals;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary>
/// The sandboxes of a rehearsal. Two sandboxes share one bucket, because objects have no content in a rehearsal. A plan of one cluster has one sandbox
/// with its data in a directory, because the plan may deploy it again with that data.
/// </summary>
internal sealed class RehearsalClusters : IRehearsalClusters
{
    private readonly SandboxPair _clusters;

    private RehearsalClusters(SandboxPair clusters) => (_clusters, Platform) = (clusters, new SandboxPlatform(clusters.Sites) { ShowsTransactionLimit = false });

    /// <inheritdoc/>
    public StandIn Source => new(_clusters.Source.Address.ToString(), _clusters.Source.Release);

    /// <inheritdoc/>
    public StandIn Target => new(_clusters.Target.Address.ToString(), _clusters.Target.Release);

    /// <inheritdoc/>
    public IPlatform Platform { get; }

    /// <inheritdoc/>
    public TargetRefusal? Refusal => _clusters.Target.Cluster.LastRefusal is { } refused ? new TargetRefusal(refused.Item, refused.Message) : null;

    /// <summary>Starts the sandboxes for a plan.</summary>
    /// <exception cref="SandboxException">No sandbox behaves like one of the releases.</exception>
    public static async Task<IRehearsalClusters> StartAsync(RehearsalReleases releases, CancellationToken cancellationToken)
    {
        var (source, target) = (SandboxOptions.StandingInFor(releases.Source), SandboxOptions.StandingInFor(releases.Target));
        return new RehearsalClusters(releases.IsOneCluster
            ? await SandboxPair.StartOneOnDiskAsync(source, cancellationToken)
            : await SandboxPair.StartAsync(source, target, sharesBucket: true, cancellationToken));
    }

    /// <inheritdoc/>
    public void Fill(ClusterInventory inventory, bool completesSpecs) => _clusters.Source.Cluster.Fill(inventory, completesSpecs);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _clusters.DisposeAsync();
}

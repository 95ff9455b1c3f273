using PachUp.Engine.Rehearsals;
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
    private readonly SandboxPair _clusters;

    private RehearsalStage(SandboxPair clusters) => (_clusters, Platform) = (clusters, new SandboxPlatform(clusters.Sites) { ShowsTransactionLimit = false });

    /// <inheritdoc/>
    public StandIn Source => new(_clusters.Source.Address.ToString(), _clusters.Source.Release);

    /// <inheritdoc/>
    public StandIn Target => new(_clusters.Target.Address.ToString(), _clusters.Target.Release);

    /// <inheritdoc/>
    public IPlatform Platform { get; }

    /// <inheritdoc/>
    public TargetRefusal? Refusal => _clusters.Target.Cluster.LastRefusal is { } refused ? new TargetRefusal(refused.Item, refused.Message) : null;

    /// <summary>Starts what a plan needs.</summary>
    /// <exception cref="SandboxException">No sandbox behaves like one of the releases.</exception>
    public static async Task<IRehearsalStage> StartAsync(RehearsalReleases cast, CancellationToken cancellationToken)
    {
        var (source, target) = (SandboxOptions.StandingInFor(cast.Source), SandboxOptions.StandingInFor(cast.Target));
        return new RehearsalStage(cast.IsOneCluster
            ? await SandboxPair.StartOneOnDiskAsync(source, cancellationToken)
            : await SandboxPair.StartAsync(source, target, sharesBucket: true, cancellationToken));
    }

    /// <inheritdoc/>
    public void Fill(ClusterInventory inventory, bool completesSpecs) => _clusters.Source.Cluster.Fill(inventory, completesSpecs);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _clusters.DisposeAsync();
}

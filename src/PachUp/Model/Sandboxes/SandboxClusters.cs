using PachUp.Engine.Plans;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.Model.Sandboxes;

/// <summary>The sandboxes for trying a plan: one with state, and an empty one if the plan has two clusters.</summary>
internal sealed class SandboxClusters : IAsyncDisposable
{
    private readonly SandboxPair _clusters;

    private SandboxClusters(SandboxPair clusters) => (_clusters, Platform) = (clusters, new SandboxPlatform(clusters.Sites));

    /// <summary>The platform of the sandboxes.</summary>
    public IPlatform Platform { get; }

    /// <summary>Starts the sandboxes for a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="archive">The archive for the source.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SandboxException">There is no sandbox of one of the releases, or the source refuses the archive.</exception>
    public static async Task<SandboxClusters> StartAsync(PlanDocument plan, string archive, CancellationToken cancellationToken)
    {
        var cast = SandboxSetup.For(plan);
        return new SandboxClusters(await (plan.Purpose switch
        {
            PlanPurpose.Restore => SandboxPair.StartOneAsync(SandboxOptions.StandingInFor(cast.Target), cancellationToken),

            // The cluster is deployed again with the data that it had.
            PlanPurpose.Upgrade or PlanPurpose.Backup => SandboxPair.StartOneOnDiskAsync(SourceOf(cast, archive), cancellationToken),
            _ => SandboxPair.StartAsync(SourceOf(cast, archive), SandboxOptions.StandingInFor(cast.Target), cast.ShareBucket, cancellationToken),
        }));
    }

    private static SandboxOptions SourceOf(SandboxSetup cast, string archive) => SandboxOptions.StandingInFor(cast.Source) with { Archive = archive };

    /// <summary>What the command line changes in a plan, with the addresses of the clusters, and the release of the sandbox that stands in for the target.</summary>
    public PlanOverrides OverridesOf(PlanDocument plan)
    {
        var overrides = plan.OverridesAt(_clusters.Source.Address.ToString(), _clusters.Target.Address.ToString());
        var target = SandboxSetup.For(plan).Target;
        return plan.Destination.Known is { } planned && planned != target ? overrides with { To = target.ToString() } : overrides;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _clusters.DisposeAsync();
}

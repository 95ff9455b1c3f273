using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The two clusters of a plan; in a plan of one cluster, two connections to that one.</summary>
/// <param name="Source">The cluster that is left behind.</param>
/// <param name="Target">The cluster that is moved to.</param>
internal sealed record ClusterPair(PlannedCluster Source, PlannedCluster Target) : IAsyncDisposable
{
    /// <exception cref="AddressException">A cluster has no usable address.</exception>
    public static ClusterPair Of(PlanRequest request)
    {
        var plan = request.Document;
        var source = request.Addresses.Resolve(plan.SourceCluster.Address, plan.SourceCluster.AddressOrigin);
        var target = TargetFollowsSource(plan) ? source : request.Addresses.Resolve(plan.TargetCluster.Address, plan.TargetCluster.AddressOrigin);
        return new ClusterPair(
            new PlannedCluster(plan.SourceCluster.Name, source, request.Platform ?? PlatformOf(plan.SourceCluster, request.Catalogue)),
            new PlannedCluster(plan.TargetCluster.Name, target, request.Platform ?? PlatformOf(plan.TargetCluster, request.Catalogue)));
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }

    /// <summary>
    /// With <c>--source</c> alone the migration is in place. A leftover <c>PACHD_ADDRESS</c> must not become the target then
    /// (pachyderm/pachyderm#4171).
    /// </summary>
    private static bool TargetFollowsSource(PlanDocument plan) => plan.Overrides is { Source: not null, Target: null };

    private static IPlatform PlatformOf(PlanCluster cluster, Catalogue catalogue) => catalogue.Platforms[cluster.Platform];
}

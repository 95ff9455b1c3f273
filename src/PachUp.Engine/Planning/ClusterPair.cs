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
    /// <exception cref="InvalidPlanException">Two clusters that stand beside each other have one address.</exception>
    public static ClusterPair Of(PlanRequest request)
    {
        var plan = request.Document;
        var source = request.Addresses.Resolve(plan.SourceCluster.Address, plan.SourceCluster.AddressOrigin);
        var target = TargetFollowsSource(plan) ? source : request.Addresses.Resolve(plan.TargetCluster.Address, plan.TargetCluster.AddressOrigin);
        ThrowIfBesideItself(plan, source, target);
        return new ClusterPair(
            new PlannedCluster(plan.SourceCluster.Name, source, request.Platform ?? PlatformOf(plan.SourceCluster, request.Catalogue)),
            new PlannedCluster(plan.TargetCluster.Name, target, request.Platform ?? PlatformOf(plan.TargetCluster, request.Catalogue)));
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }

    /// <summary>A plan that takes nothing away builds the target beside the source: one address for both is an address that is missing.</summary>
    private static void ThrowIfBesideItself(PlanDocument plan, ClusterAddress source, ClusterAddress target)
    {
        if (plan is { HasOneCluster: false, TakesSourceAway: false } && source.IsSameEndpoint(target))
        {
            throw new InvalidPlanException(
            [
                new PlanMistake("--target", null, $"source and target are both {source}, and the plan builds the target beside the source")
                {
                    Expected = "the address of the new cluster",
                },
            ]);
        }
    }

    /// <summary>
    /// With <c>--source</c> alone the migration is in place. A leftover <c>PACHD_ADDRESS</c> must not become the target then
    /// (pachyderm/pachyderm#4171).
    /// </summary>
    private static bool TargetFollowsSource(PlanDocument plan) => plan.Overrides is { Source: not null, Target: null };

    private static IPlatform PlatformOf(PlanCluster cluster, Catalogue catalogue) => catalogue.Platforms[cluster.Platform];
}

using PachUp.Engine.Plans;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Planning;

/// <summary>The two clusters of a plan. In a plan of one cluster, both are connections to that cluster.</summary>
/// <param name="Source">The source cluster.</param>
/// <param name="Target">The target cluster.</param>
internal sealed record ClusterPair(PlannedCluster Source, PlannedCluster Target) : IAsyncDisposable
{
    /// <exception cref="AddressException">A cluster has no usable address.</exception>
    /// <exception cref="InvalidPlanException">The plan builds the target beside the source, but both have the same address.</exception>
    /// <exception cref="StepFailedException">A platform cannot find its cluster.</exception>
    public static async Task<ClusterPair> OpenAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var plan = request.Document;
        var source = await OpenAsync(plan.SourceCluster, request, request.SourcePeer, cancellationToken);
        var target = TargetFollowsSource(plan)
            ? FollowSource(plan.TargetCluster, source.Address, PlatformOf(plan.TargetCluster, request))
            : await OpenAsync(plan.TargetCluster, request, offer: null, cancellationToken);
        ThrowIfBesideItself(plan, source.Address, target.Address);
        ThrowIfNotMeant(request, source.Address, target.Address);
        return new ClusterPair(source, target);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }

    /// <summary>A plan that does not remove the source builds the target beside it. Then the two clusters need two addresses.</summary>
    private static void ThrowIfBesideItself(PlanDocument plan, ClusterAddress source, ClusterAddress target)
    {
        if (plan is { HasOneCluster: false, TakesSourceAway: false } && source.IsSameEndpoint(target))
        {
            throw Mistake(
                "--target", $"source and target have the same address {source}, but the plan builds the target beside the source", "the address of the new cluster");
        }
    }

    /// <summary>
    /// A target that was forgotten must not become "in place", which takes the source away; and what is said to be in place must not have a second
    /// address. A plan of one cluster says it by its kind, and stand-ins of the clusters have two addresses whatever the plan does.
    /// </summary>
    private static void ThrowIfNotMeant(PlanRequest request, ClusterAddress source, ClusterAddress target)
    {
        var plan = request.Document;
        var isSaid = plan.SaysInPlace || plan.Overrides.InPlace;
        if (plan.HasOneCluster || request.Platform is not null)
        {
            return;
        }

        if (isSaid && !source.IsSameEndpoint(target))
        {
            throw Mistake(
                plan.Overrides.InPlace ? "--in-place" : "inPlace",
                $"the target {target} has another address than the source {source}, so it does not replace it",
                plan.Overrides.InPlace ? "no --in-place, or no address for the target" : "no \"inPlace\", or no address for the target");
        }

        if (request.NeedsInPlaceSaid && !isSaid && source.IsSameEndpoint(target))
        {
            throw Mistake(
                "--target",
                $"no target was given, so the plan would take {source} down and put the new release in its place",
                "--target HOST:PORT for a new cluster beside it, or --in-place to replace it");
        }
    }

    private static InvalidPlanException Mistake(string where, string message, string expected) =>
        new([new PlanMistake(where, null, message) { Expected = expected }]);

    /// <summary>
    /// With <c>--source</c> and no <c>--target</c> the migration is in place. Then <c>PACHD_ADDRESS</c> in the environment must not become the
    /// target (pachyderm/pachyderm#4171).
    /// </summary>
    private static bool TargetFollowsSource(PlanDocument plan) => plan.Overrides is { Source: not null, Target: null };

    private static PlannedCluster FollowSource(PlanCluster target, ClusterAddress address, IPlatform platform) =>
        new(target.Name, address.WithPeer(target.Peer, target.PeerOrigin), platform) { Settings = target.Settings };

    private static async Task<PlannedCluster> OpenAsync(
        PlanCluster cluster, PlanRequest request, PeerOffer? offer, CancellationToken cancellationToken)
    {
        var platform = PlatformOf(cluster, request);
        var isReached = cluster.Address.Length == 0 && platform is IReachingPlatform;
        var address = isReached
            ? await ((IReachingPlatform)platform).ReachAsync(cluster.Settings, cancellationToken) with { Timeouts = request.Addresses.Timeouts }
            : request.Addresses.Resolve(cluster.Address, cluster.AddressOrigin);
        address = address.WithPeer(cluster.Peer, cluster.PeerOrigin) with { OfferedPeer = offer ?? (platform as IPeerPlatform)?.OfferPeer(cluster.Settings) };
        return new PlannedCluster(cluster.Name, address, platform) { Settings = cluster.Settings, IsReachedByPlatform = isReached };
    }

    private static IPlatform PlatformOf(PlanCluster cluster, PlanRequest request) => request.Platform ?? request.Catalogue.Platforms[cluster.Platform];
}

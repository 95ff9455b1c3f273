using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>Two releases with which a route is tested.</summary>
/// <param name="From">The source.</param>
/// <param name="To">The target.</param>
internal sealed record RoutePair(Release From, Release To)
{
    /// <summary>
    /// The releases that the conformance test names, if they have the route's lines; else the oldest accepted one and the latest of the target line.
    /// </summary>
    public static RoutePair Of(MigrationRoute route, Trial plugin) => new(
        plugin.From is { } from && from.Line == route.From ? from : route.AtLeast,
        plugin.To is { } to && to.Line == route.To
            ? to
            : ReleaseCatalogue.BuiltIn.LatestOf(route.To)?.Release
                ?? throw new RuleBrokenException($"no release of the line {route.To} is known, to which the route {route.From} -> {route.To} leads."));

    /// <summary>A rewriter for a cluster without repos.</summary>
    public IOperationRewriter CreateRewriter(MigrationRoute route) => route.CreateRewriter(new ClusterInventory { Release = From, ClusterId = "made-up" }, To);
}

using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk.Testing.Stages;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>Two releases that a route is tried with.</summary>
/// <param name="From">The source.</param>
/// <param name="To">The target.</param>
internal sealed record RoutePair(Release From, Release To)
{
    /// <summary>Those that the conformance names, where they are of the route's lines; else the oldest that it accepts and the latest of its target.</summary>
    public static RoutePair Of(MigrationRoute route, Trial plugin) => new(
        plugin.From is { } from && from.Line == route.From ? from : route.AtLeast,
        plugin.To is { } to && to.Line == route.To
            ? to
            : ReleaseCatalogue.BuiltIn.LatestOf(route.To)?.Release
                ?? throw new RuleBrokenException($"the route {route.From} -> {route.To} leads to a line of which no release is known."));

    /// <summary>A rewriter for a cluster without repos.</summary>
    public IOperationRewriter CreateRewriter(MigrationRoute route) => route.CreateRewriter(new ClusterInventory { Release = From, ClusterId = "made-up" }, To);
}

using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm111To112.Tests;

/// <summary>What the route makes of a cluster.</summary>
internal static class Route
{
    public static readonly Release V1_12_5 = new(1, 12, 5);

    public static ExpectedTarget PredictTarget(this ClusterInventory source) => new Route111To112().PredictTarget(source, V1_12_5);

    /// <summary>The operations for the target.</summary>
    public static IAsyncEnumerable<Operation> Rewrite(this ClusterInventory source, IAsyncEnumerable<Operation> stream) =>
        new Route111To112().CreateRewriter(source, V1_12_5).RewriteAsync(stream);
}

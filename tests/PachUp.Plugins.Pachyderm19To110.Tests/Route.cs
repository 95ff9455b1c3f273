using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm19To110.Tests;

/// <summary>What the route makes of a cluster.</summary>
internal static class Route
{
    public static readonly Release V1_10_5 = new(1, 10, 5);

    public static ExpectedTarget PredictTarget(this ClusterInventory source) => new Route19To110().PredictTarget(source, V1_10_5);

    /// <summary>The operations for the target.</summary>
    public static IAsyncEnumerable<Operation> Rewrite(this ClusterInventory source, IAsyncEnumerable<Operation> stream) =>
        new Route19To110().CreateRewriter(source, V1_10_5).RewriteAsync(stream);
}
